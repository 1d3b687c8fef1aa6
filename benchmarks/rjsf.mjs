// Reads forms from standard input, draws each on a warm server, writes seconds for one drawing.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.cwd() + "/");
const { createElement } = require("react");
const { renderToString } = require("react-dom/server");
const { default: Form } = require("@rjsf/core");
const { default: validator } = require("@rjsf/validator-ajv8");

const answer = {};
for (const [name, { schema, formData, rounds }] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const draw = () => renderToString(createElement(Form, { schema, formData, validator }));
  const html = draw();
  for (let n = 0; n < rounds; n += 1) draw();
  const times = [];
  for (let n = 0; n < rounds; n += 1) {
    const start = process.hrtime.bigint();
    draw();
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  times.sort((a, b) => a - b);
  answer[name] = { seconds: times[times.length >> 1], characters: html.length, controls: (html.match(/<(input|select|textarea)/g) ?? []).length };
}
process.stdout.write(JSON.stringify(answer));
