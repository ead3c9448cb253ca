// Why: problem codes are made in Rust and worded here; this finds every code that the Rust sources can
// make, for the test that none of them lacks its words.

type Sources = Record<string, string>;

/** Functions that put a code into a problem, and which of their arguments it is. */
type Makers = Map<string, number>;

const OWN_MAKERS: Makers = new Map([
  ['Problem::new', 0],
  ['problems.add', 0],
  ['CaseError::problem', 0],
]);

const CODE = /"([a-z][a-z0-9]*(?:_[a-z0-9]+)*)"/g;

/** The code as it runs: without comments and without the tests inside the file. */
function running(text: string): string {
  const bare = text.replace(/(^|\s)\/\/.*$/gm, '');
  const tests = bare.search(/#\[cfg\(test\)\]\s*mod \w+ \{/);
  return tests === -1 ? bare : bare.slice(0, tests);
}

/** From an opening bracket to its end, split at the commas of its own level; texts are skipped whole. */
function parts(text: string, open: number): string[] {
  const found: string[] = [];
  let [deep, start] = [0, open + 1];
  for (let at = open; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (letter === '"') {
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    } else if ('([{'.includes(letter)) deep += 1;
    else if (')]}'.includes(letter)) deep -= 1;
    if (deep === 0 || (deep === 1 && letter === ',')) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
    if (deep === 0) break;
  }
  return found;
}

function codesIn(text: string): string[] {
  return [...text.matchAll(CODE)].map((match) => match[1] ?? '');
}

const MAKES = /Problem::new|of_cell|problems\.(?:add|push)|self\.refuse|Refusal|CaseError|ServerError|Error::new/;

/** Helpers of a crate that make a problem of a code: `fn refuse(&mut self, code: &str, …)`. */
function helpers(texts: string[]): Makers {
  const found: Makers = new Map();
  for (const text of texts) {
    for (const match of text.matchAll(/fn (\w+)(?:<[^(]*>)?\(/g)) {
      const given = parts(text, match.index + match[0].length - 1).map((part) => part.trim());
      const place = given.filter((part) => !part.endsWith('self')).findIndex((part) => /^code: (?:&|impl Into|String)/.test(part));
      const body = text.slice(match.index, text.indexOf('\n}', match.index));
      if (place !== -1 && MAKES.test(body.slice(0, 700))) found.set(match[1] ?? '', place);
    }
  }
  return found;
}

function calls(text: string, makers: Makers): string[] {
  return [...makers].flatMap(([name, place]) =>
    [...text.matchAll(new RegExp(`(?<!fn )\\b${name}\\(`, 'g'))].flatMap((match) =>
      codesIn(parts(text, match.index + match[0].length - 1)[place] ?? ''),
    ),
  );
}

/** `let (code, message) = match … { … => ("code", "message") };`, and `let code = if … { "code" } …;` */
function chosen(text: string): string[] {
  if (!/(?:Problem::new|problem|add|refuse)\(\s*&?code\b/.test(text)) return [];
  return [...text.matchAll(/let (\(code, \w+\)|code)(?:: &str)? = (if|match)\b/g)].flatMap((match) => {
    const whole = text.slice(match.index, text.indexOf(';\n', match.index));
    const each = match[1] === 'code' ? /[{>]\s*"([a-z0-9_]+)"/g : /\(\s*"([a-z0-9_]+)"\s*,/g;
    return [...whole.matchAll(each)].map((inner) => inner[1] ?? '');
  });
}

/** Tables of codes, by the file that holds them: how one of their rows is read. */
const TABLES: Record<string, RegExp> = {
  'money/src/lib.rs': /Self::\w+ => "([a-z_]+)"/g,
  'casework/src/error.rs': /\(\s*"[a-z_]+",\s*"([a-z_]+)",\s*"/g,
  'api/src/refusal.rs': /=> \(\s*"([a-z_]+)",/g,
  'attachments/src/lib.rs': /^ {4}"(file_[a-z_]+)",/gm,
};

const PURCHASE_BLOCKS = 'procurement/src/policy/deed.rs';

/** Every code with the files that can make it. */
export function rustCodes(sources: Sources): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const crateOf = (path: string) => path.split('/')[0] ?? '';
  for (const crate of new Set(Object.keys(sources).map(crateOf))) {
    const files = Object.entries(sources).filter(([path]) => crateOf(path) === crate);
    const texts = files.map(([path, text]) => [path, running(text)] as const);
    const makers = new Map([...OWN_MAKERS, ...helpers(texts.map(([, text]) => text))]);
    for (const [path, text] of texts) {
      const table = TABLES[path];
      const listed = table === undefined ? [] : [...text.matchAll(table)].map((match) => match[1] ?? '');
      const blocks = path === PURCHASE_BLOCKS ? [...text.matchAll(/^ {4}\w+ => "([a-z_]+)",/gm)].map((match) => `purchase_${match[1]}`) : [];
      for (const code of [...calls(text, makers), ...chosen(text), ...listed, ...blocks]) {
        found.set(code, (found.get(code) ?? new Set()).add(path));
      }
    }
  }
  return found;
}
