// Turns lists of faults into a test's failure, each fault on its own line.
import assert from 'node:assert/strict';

const SHOWN = 40;

export function none(faults, what) {
  const shown = faults.slice(0, SHOWN).join('\n  ');
  const more = faults.length > SHOWN ? `\n  and ${faults.length - SHOWN} more` : '';
  assert.equal(faults.length, 0, `${faults.length} × ${what}:\n  ${shown}${more}`);
}

export function some(list, what) {
  assert.ok(list.length > 0, `There is no ${what} to check.`);
}
