// Reads rules and cases from standard input, runs every case once to warm up, then once by the clock.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { Engine } = createRequire(process.cwd() + "/")("json-rules-engine");
const work = JSON.parse(readFileSync(0, "utf8"));
const engine = new Engine(work.rules);
const run = async (facts) => (await engine.run(facts)).events.map((event) => event.type);

const fired = [];
for (const facts of work.cases) fired.push(await run(facts));
const start = process.hrtime.bigint();
for (const facts of work.cases) await run(facts);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
process.stdout.write(JSON.stringify({ per_second: work.cases.length / seconds, fired }));
