/** The honest client, seen from outside: see `probe-main`. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
export class Probe {
    child;
    constructor(child) {
        this.child = child;
    }
    static async start(folder) {
        const child = fork(fileURLToPath(new URL('./probe-main.js', import.meta.url)), [folder], {
            stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        });
        const probe = new Probe(child);
        await probe.answer();
        return probe;
    }
    /** Writes for so long; what it saw. */
    async slice(ms) {
        this.child.send(ms);
        return (await this.answer());
    }
    stop() {
        this.child.kill('SIGKILL');
    }
    answer() {
        return new Promise((resolve, reject) => {
            const ended = () => reject(new Error('the honest client ended'));
            this.child.once('exit', ended);
            this.child.once('message', (message) => {
                this.child.off('exit', ended);
                resolve(message);
            });
        });
    }
}
//# sourceMappingURL=probe.js.map