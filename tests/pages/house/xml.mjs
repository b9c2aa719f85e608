// XML checked by libxml2 against the schemas beside this folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';

const FOLDER = join(import.meta.dirname, '../schemas');
const file = (fileName) => ({ fileName, contents: readFileSync(join(FOLDER, fileName), 'utf8') });

// What is wrong with `text` by an XML Schema, with the schemas that it imports.
export async function bySchema(text, schema, imported = []) {
  return faults(await validateXML({ xml: { fileName: 'given.xml', contents: text }, schema: [file(schema).contents], preload: imported.map(file) }));
}

// What is wrong with `text` by a RELAX NG schema.
export async function byRelaxNg(text, schema) {
  return faults(await validateXML({ xml: { fileName: 'given.xml', contents: text }, extension: 'relaxng', schema: [file(schema).contents] }));
}

const faults = ({ valid, errors }) => (valid ? [] : errors.map(({ loc, message }) => `line ${loc?.lineNumber}: ${message}`));
