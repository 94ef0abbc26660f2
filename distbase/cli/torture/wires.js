/**
 * The lines between validators, so that they can be cut: every connection from one validator to another goes through
 * a listener here. A cut line is one whose packets are lost: what was sent waits and arrives, in order, when the line
 * is whole again; nobody is told. One direction can be cut alone, and a line can be torn, which ends its connections.
 */
import { createServer, Socket } from 'node:net';
export class Wires {
    lines = [];
    /** `from → to` of directions that are cut. */
    cuts = new Set();
    /** Lays the line that `from` dials `to` through. Resolves with the address to dial. */
    async lay(from, to, url) {
        const { hostname, port } = new URL(url.replace(/^ws/, 'http'));
        const line = { from, to, server: createServer(), pairs: new Set() };
        line.server.on('connection', (near) => this.connect(line, near, hostname, Number(port)));
        await new Promise((resolve, reject) => {
            line.server.once('error', reject);
            line.server.listen(0, '127.0.0.1', resolve);
        });
        this.lines.push(line);
        return `ws://127.0.0.1:${line.server.address().port}`;
    }
    /** Nothing from any of `from` reaches any of `to`. */
    cut(from, to) {
        for (const a of from)
            for (const b of to)
                if (a !== b)
                    this.cuts.add(`${a}→${b}`);
        this.apply();
    }
    /** Two groups that do not hear each other. */
    split(some, others) {
        this.cut(some, others);
        this.cut(others, some);
    }
    /** Ends all connections between the two, as a line that goes down and comes back. */
    tear(some, others) {
        for (const { from, to, pairs } of this.lines) {
            const between = (some.includes(from) && others.includes(to)) || (others.includes(from) && some.includes(to));
            if (between)
                for (const { near } of pairs)
                    near.destroy();
        }
    }
    heal() {
        this.cuts.clear();
        this.apply();
    }
    close() {
        for (const { server, pairs } of this.lines) {
            server.close();
            for (const { near, far } of pairs) {
                near.destroy();
                far.destroy();
            }
        }
    }
    connect(line, near, host, port) {
        const far = new Socket();
        const pair = { near, far };
        line.pairs.add(pair);
        for (const [one, other] of [
            [near, far],
            [far, near],
        ]) {
            one.setNoDelay(true);
            one.on('data', (data) => {
                if (!other.write(data))
                    one.pause();
            });
            other.on('drain', () => this.apply());
            one.on('error', () => { });
            one.on('close', () => {
                line.pairs.delete(pair);
                other.destroy();
            });
        }
        far.connect(port, host);
        this.applyTo(line);
    }
    apply() {
        for (const line of this.lines)
            this.applyTo(line);
    }
    applyTo({ from, to, pairs }) {
        const there = this.cuts.has(`${from}→${to}`);
        const back = this.cuts.has(`${to}→${from}`);
        for (const { near, far } of pairs) {
            if (there || far.writableNeedDrain)
                near.pause();
            else
                near.resume();
            if (back || near.writableNeedDrain)
                far.pause();
            else
                far.resume();
        }
    }
}
//# sourceMappingURL=wires.js.map