/** Mistakes in how one validator set follows another. */

import type { PbftBug } from '../bug-kit.ts';

export const bugs: readonly PbftBug[] = [
  {
    name: 'set-before-certified',
    doc: 'A change of the validator set takes effect where its checkpoint is executed, and not where it is certified.',
    plant: (parts) => ({ ...parts, ends: (at) => at === 'executed' }),
  },
];
