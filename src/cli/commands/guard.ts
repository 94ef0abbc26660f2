import { isIPv4, isIPv6 } from 'node:net';
import { LockstepError } from '../../core/errors.ts';
import { ASKED_OPTIONS, askedUrls } from '../asked.ts';
import { httpUrl } from '../cluster.ts';
import { defineCommand } from '../command.ts';
import { getText, reasonOf } from '../http.ts';
import { note, writeJson } from '../output.ts';

export interface BannedAddress {
  readonly address: string;
  readonly reason: string;
  readonly leftMs: number;
}

/** A table of its own with a set per family, whose elements go by themselves. What is no address is left out. */
export function nftables(bans: readonly BannedAddress[], ports: readonly number[]): string {
  const elements = (is: (address: string) => boolean): string => {
    const list = bans.filter(({ address }) => is(address));
    const texts = list.map(({ address, leftMs }) => `${address} timeout ${Math.ceil(leftMs / 1000)}s`);
    return texts.length === 0 ? '' : `\n    elements = { ${texts.join(',\n                 ')} }`;
  };
  const match = `tcp dport { ${ports.join(', ')} }`;
  return `# Addresses that lockstep refuses at accept. Load with: nft -f FILE
table inet lockstep
delete table inet lockstep
table inet lockstep {
  set banned4 {
    type ipv4_addr
    flags timeout${elements(isIPv4)}
  }
  set banned6 {
    type ipv6_addr
    flags timeout${elements(isIPv6)}
  }
  chain input {
    type filter hook input priority -10; policy accept;
    ${match} ip saddr @banned4 drop
    ${match} ip6 saddr @banned6 drop
  }
}
`;
}

export const command = defineCommand({
  name: 'guard',
  summary: 'show or export the addresses that a validator refuses',
  usage: 'list | export',
  help: `A stranger whose handshakes fail 32 times in a minute is refused at accept for ten minutes, before a byte of it is read. An address at which a validator is, or has proven itself lately (its last eight), is never refused, and all are let in again where somebody becomes a validator. \`export\` prints the addresses as an nftables table with timeouts, so that the kernel drops them before this process wakes up; nothing is loaded by itself.

Examples:
  lockstep guard list --node 127.0.0.1:7100
  lockstep guard export --node 127.0.0.1:7100 > banned.nft
  lockstep guard export --home ./home | sudo nft -f -`,
  options: ASKED_OPTIONS,
  words: 1,
  json: true,
  async run({ values, words: [what], json }) {
    const { timeout } = values;
    if (what !== 'list' && what !== 'export') {
      throw new LockstepError('bad-flag', 'lockstep guard takes `list` or `export`');
    }
    const urls = await askedUrls('guard', values, true);
    const found = new Map<string, BannedAddress>();
    let answered = 0;
    for (const url of urls) {
      try {
        const bans = JSON.parse(await getText(`${httpUrl(url)}/guard`, timeout)) as {
          banned: BannedAddress[];
        };
        answered++;
        for (const ban of bans.banned) {
          const known = found.get(ban.address);
          if (known === undefined || known.leftMs < ban.leftMs) found.set(ban.address, ban);
        }
      } catch (error) {
        note(`${url} does not answer: ${reasonOf(error)}`);
      }
    }
    const banned = [...found.values()];
    const ports = [...new Set(urls.map((url) => Number(new URL(url).port)))];
    if (json !== undefined) writeJson(json, { answered, banned });
    else if (what === 'export') process.stdout.write(nftables(banned, ports));
    else if (banned.length === 0) process.stdout.write('nobody is refused\n');
    else {
      for (const { address, reason, leftMs } of banned)
        process.stdout.write(`${address}  ${reason}, for ${Math.ceil(leftMs / 1000)} s more\n`);
    }
    return answered > 0 ? 0 : 1;
  },
});
