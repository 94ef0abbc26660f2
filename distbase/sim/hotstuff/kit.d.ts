/** Looking into a HotStuff machine, and making one by other rules. */
import type { Effect, Effects, Machine, MachineEvent, Protocol } from '../../core/machine.ts';
import type { HotstuffMessage, HotstuffRecord } from '../../protocols/hotstuff/messages.ts';
import type { Rules } from '../../protocols/hotstuff/rules.ts';
import type { State } from '../../protocols/hotstuff/state.ts';
import type { PlantedBug, SimParts } from '../parts.ts';
export type HotstuffParts = SimParts<HotstuffMessage, HotstuffRecord>;
export type HotstuffBug = PlantedBug<HotstuffMessage, HotstuffRecord>;
export type HotstuffEvent = MachineEvent<HotstuffMessage>;
export type HotstuffEffect = Effect<HotstuffMessage, HotstuffRecord>;
export type HotstuffEffects = Effects<HotstuffMessage, HotstuffRecord>;
/** `State` without its `readonly`, for those who meddle with it. */
export type OpenState = {
    -readonly [K in keyof State]: State[K];
};
/** The state inside a machine that `hotstuff.create` made. */
export declare function stateOf(machine: Machine<HotstuffMessage, HotstuffRecord>): OpenState;
/** The protocol by other rules, from the reading of its log on. */
export declare function ruled(protocol: Protocol<HotstuffMessage, HotstuffRecord>, change: (rules: Rules) => Rules): Protocol<HotstuffMessage, HotstuffRecord>;
//# sourceMappingURL=kit.d.ts.map