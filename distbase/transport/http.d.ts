/** HTTP routes (GET only), whichever library serves them. */
import type { HttpReply, HttpRoute } from './interface.ts';
export declare class Routes {
    private readonly handlers;
    add(path: string, handler: HttpRoute): void;
    /** Never rejects: a handler that throws is answered 500, without its reason. */
    answer(method: string, path: string, query: string): Promise<HttpReply>;
}
/** `200 OK` */
export declare function statusLine(status: number): string;
//# sourceMappingURL=http.d.ts.map