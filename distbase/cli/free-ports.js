import { createServer } from 'node:net';
/**
 * TCP ports of the loopback that are free at this moment. Another process may take one before it is used; the
 * one that is refused then says so.
 */
export async function freePorts(count) {
    const servers = [];
    try {
        for (let i = 0; i < count; i++) {
            const server = createServer();
            servers.push(server);
            await new Promise((resolve, reject) => {
                server.once('error', reject);
                server.listen(0, '127.0.0.1', resolve);
            });
        }
        return servers.map((server) => server.address().port);
    }
    finally {
        await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    }
}
//# sourceMappingURL=free-ports.js.map