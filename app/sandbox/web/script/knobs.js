// KIE's knobs as the panel shows them: for each choice what is sent to the stand-in; null takes the knob away.

export const CHOICES = [
  { knob: "fail", values: ["policy", "internal", "input", "unfetchable", "timeout"] },
  { knob: "stuck", values: ["waiting", "generating"] },
  { knob: "callback", values: ["late", "twice", "flood", "never", "early", "wrong_code", "unsigned", "badly_signed"] },
  { knob: "code", values: [401, 402, 422, 429, 455, 500] },
];

export const DELAY = { usual: 2.5, most: 60 };

/** The stand-in's faults, each for one more call (or delivery) per press. */
export const FAULTS = [
  { kind: "429" },
  { kind: "5xx" },
  { kind: "silence" },
  { kind: "lost" },
  { kind: "duplicate" },
  { kind: "redeliver" },
  { kind: "drop" },
];

/** The value of a knob now; null when it is not set. */
export function valueOf(knobs, knob) {
  const found = knobs.find((it) => it.knob === knob && !it.model);
  return found ? found.value : null;
}
