// A hundred people with drafts open, each typing, on one server: what answers and memory cost beside one person's. Takes
// OVN_BIN or the newest release build of the program, else the debug build, and says which. node web/bench/room.mjs [PEOPLE]
import { readFileSync } from 'node:fs';
import { at, program, sleep } from './figures.mjs';

const built = program();
const { start } = await import('../../tests/pages/house/newsroom.mjs');
const { Client } = await import('../../tests/pages/house/client.mjs');

const PEOPLE = Number(process.argv[2] ?? 100);
const WORDS = 5000;
// Each of the hundred sends a list of steps so often; a person who writes without rest does after 20 seconds at the latest.
const EVERY_MS = 10_000;
const ROUNDS = 2;
const ROUND_MS = 20_000;
const MEASURED_MS = 250;

const house = await start();
process.on('exit', () => house.stop());

class Person extends Client {
  constructor(name) {
    super(house.newsroom);
    this.name = name;
    this.tab = `tab${name.replace(/\W/g, '')}000000`;
  }

  async begin() {
    await this.join(house.link('reporter'), this.name);
    this.path = await this.go('/drafts', { lang: 'en' });
    await this.ask(this.path);
    this.version = JSON.parse((await this.ask(`${this.path}/document`)).text).version;
    this.count = 0;
    await this.type();
  }

  // One list of steps with the whole document, as the editor sends it.
  async type() {
    const body = JSON.stringify({ version: this.version, writer: this.tab, steps: [{ stepType: 'replace', from: 1, to: 1 }], document: article(`${this.name} ${++this.count}`) });
    const before = performance.now();
    const { status, text } = await this.ask(`${this.path}/steps`, { method: 'PUT', body, headers: { 'content-type': 'application/json', 'x-form-token': this.token } });
    const took = performance.now() - before;
    if (status !== 200) throw new Error(`steps were answered with ${status}: ${text.slice(0, 200)}`);
    this.version = JSON.parse(text).version;
    return took;
  }

  // Waits for news until the round is over.
  async listen(over) {
    let seen = 0;
    while (!over.aborted) {
      const path = `${this.path}/news?after=${this.version}&seen=${seen}&writer=${this.tab}`;
      const news = await this.ask(path, { signal: over }).catch(() => null);
      if (news && news.status !== 200) throw new Error(`news were answered with ${news.status}`);
      seen = news ? JSON.parse(news.text).number : seen;
    }
  }
}

const sentence = 'the ferry across the bay runs again from Monday said the harbour office ';
const paragraph = { type: 'paragraph', content: [{ type: 'text', text: sentence.repeat(8).trim() }] };
const article = (title) => ({
  type: 'doc',
  attrs: { lang: 'en' },
  content: [{ type: 'headline', content: [{ type: 'text', text: title }] }, { type: 'standfirst' }, ...Array.from({ length: Math.ceil(WORDS / (13 * 8)) }, () => paragraph)],
});

const memory = () => Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${house.pid()}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;

// One round with so many people; the first one's answers are measured.
async function round(people) {
  const over = new AbortController();
  const listening = people.map((person) => person.listen(over.signal));
  const others = people.slice(1).map(async (person, number) => {
    await sleep((number / people.length) * EVERY_MS);
    while (!over.signal.aborted) {
      await person.type();
      await sleep(EVERY_MS);
    }
  });
  const times = [];
  const end = performance.now() + ROUND_MS;
  while (performance.now() < end) {
    times.push(await people[0].type());
    await sleep(MEASURED_MS);
  }
  const used = memory();
  over.abort();
  await Promise.all(listening);
  await Promise.all(others);
  return { times, used };
}

console.log(`${built}, ${WORDS} words a draft`);
const people = Array.from({ length: PEOPLE }, (_, number) => new Person(`Person ${number}`));
for (const person of people) await person.begin();
const alone = { times: [], used: 0 };
const all = { times: [], used: 0 };
for (let number = 0; number < ROUNDS; number++) {
  for (const [sum, some] of [[alone, people.slice(0, 1)], [all, people]]) {
    const { times, used } = await round(some);
    sum.times.push(...times);
    sum.used = Math.max(sum.used, used);
  }
}
const line = (name, { times, used }) => console.log(`${name}: steps answered in ${at(times, 0.5).toFixed(1)} ms (median), ${at(times, 0.95).toFixed(1)} (95 %), ${at(times, 0.99).toFixed(1)} (99 %); memory ${used.toFixed(1)} MiB`);
line('one person', alone);
line(`${PEOPLE} people, each sending every ${EVERY_MS / 1000} s`, all);
console.log(`ratio: ${(at(all.times, 0.5) / at(alone.times, 0.5)).toFixed(2)} (median), ${(at(all.times, 0.95) / at(alone.times, 0.95)).toFixed(2)} (95 %); memory ${(all.used - alone.used).toFixed(1)} MiB more`);
house.stop();
process.exit(0);
