/**
 * A seeded generator for everything that must replay: xoshiro128** (Blackman & Vigna 2018), seeded through
 * SplitMix32. Never for keys.
 */
export class SeededRandom {
    s = new Uint32Array(4);
    constructor(seed) {
        let x = seed >>> 0;
        for (let i = 0; i < 4; i++) {
            x = (x + 0x9e3779b9) >>> 0;
            let z = x;
            z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
            z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
            this.s[i] = (z ^ (z >>> 16)) >>> 0;
        }
    }
    /** Uniform in [0, 2³²). */
    uint32() {
        const s = this.s;
        const s1 = s[1];
        const x = Math.imul(s1, 5);
        const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
        const t = s1 << 9;
        s[2] ^= s[0];
        s[3] ^= s1;
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = (s[3] << 11) | (s[3] >>> 21);
        return result;
    }
    /** Uniform in [0, 1). */
    float() {
        return this.uint32() / 0x1_0000_0000;
    }
    /** Uniform integer in [0, bound); the bias is below 2⁻²⁰ for bounds under 4,096. */
    below(bound) {
        return Math.floor(this.float() * bound);
    }
    /** True with the given probability. */
    chance(probability) {
        return this.float() < probability;
    }
    /** One of the items. */
    pick(items) {
        return items[this.below(items.length)];
    }
    /** Fisher–Yates, in place. */
    shuffle(items) {
        for (let i = items.length - 1; i > 0; i--) {
            const j = this.below(i + 1);
            [items[i], items[j]] = [items[j], items[i]];
        }
        return items;
    }
    /** A generator of its own, so that one part's draws do not shift another's. */
    fork() {
        return new SeededRandom(this.uint32());
    }
}
//# sourceMappingURL=random.js.map