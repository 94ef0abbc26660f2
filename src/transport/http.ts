/** HTTP routes (GET only), whichever library serves them. */

import type { HttpReply, HttpRoute } from './interface.ts';

export class Routes {
  private readonly handlers = new Map<string, HttpRoute>();

  add(path: string, handler: HttpRoute): void {
    this.handlers.set(path, handler);
  }

  /** Never rejects: a handler that throws is answered 500, without its reason. */
  async answer(method: string, path: string, query: string): Promise<HttpReply> {
    const handler = this.handlers.get(path);
    if (handler === undefined) return text(404, 'nothing here\n');
    if (method !== 'GET') return text(405, 'GET only\n');
    try {
      return await handler(new URLSearchParams(query));
    } catch {
      return text(500, 'the route failed\n');
    }
  }
}

function text(status: number, body: string): HttpReply {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** `200 OK` */
export function statusLine(status: number): string {
  return `${status} ${REASONS[status] ?? 'Status'}`;
}
