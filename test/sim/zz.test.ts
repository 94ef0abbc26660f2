import { it } from 'vitest';
import { runLogCuts } from '/work/wt/log/src/sim/models/log-cuts.ts';
it('x', () => { let cuts=0, ref=0, bad=0; const t=Date.now();
 for (let s=1;s<=+(process.env.N??500);s++){ const r=runLogCuts(s); cuts+=r.cuts; ref+=r.refusals; if(r.violation){bad++; if(bad<8)console.log(s,r.violation);} }
 console.log({cuts,ref,bad,ms:Date.now()-t}); }, 100000);
