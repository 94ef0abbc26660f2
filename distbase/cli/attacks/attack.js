/** What an attack is. */
export function attack(by, name, title, shows, strike, more = {}) {
    return {
        name,
        title,
        by,
        shows,
        strike,
        pauseMs: more.pauseMs ?? 20,
        brief: more.brief ?? false,
        slice: more.slice,
    };
}
//# sourceMappingURL=attack.js.map