// Every screen of the newsroom, from the table of doors in docs/roles.md, which equals the program's own table of routes.
// A new GET address gets a line here: under SCREENS how to get there in the world of world.mjs, or under NO_SCREEN why
// nobody looks at it.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROLES = join(resolve(import.meta.dirname, '../../..'), 'docs/roles.md');

// The paths of the addresses that are asked with GET; `{}` stands for one part.
export const gets = () => [...readFileSync(ROLES, 'utf8').matchAll(/^\| GET `([^`]+)` \|/gm)].map(([, path]) => path);

// What is asked by scripts, or is no page: each with its reason.
export const NO_SCREEN = {
  '/editor/{}/{}': 'the editor’s own files',
  '/drafts/{}/document': 'a document in JSON, for the editor',
  '/drafts/{}/news': 'news in JSON, for the editor',
  '/drafts/{}/pictures/{}': 'a picture’s bytes',
  '/preview/{}/pictures/{}': 'a picture’s bytes',
  '/library/{}/copy': 'an archive to be saved as a file',
  '/library/{}/opening': 'what opens a commitment, to be saved as a file',
  '/settings/export/markdown': 'articles to be saved as a file',
  '/settings/export/record': 'the record to be saved as a file',
};

// How to get to each screen: from the world and a language to one path or several. What `nobody` sees is visited signed out.
const nobody = (paths) => Object.assign(paths, { nobody: true });
export const SCREENS = {
  '/sign-in': nobody(() => '/sign-in'),
  '/join/{}': nobody((_, __, house) => new URL(house.link('reporter')).pathname),
  '/preview/{}': nobody(({ desks }, lang) => new URL(desks[lang].link, 'http://x').pathname),
  '/preview/{}/text': nobody(({ desks }, lang) => `${new URL(desks[lang].link, 'http://x').pathname}/text`),
  '/': () => '/',
  '/drafts/{}': ({ desks, planned }, lang) => ['open', 'review', 'ready', 'scheduled', 'published', 'dropped', 'following'].map((state) => desks[lang][state]).concat(planned.translation, planned.draft),
  '/drafts/{}/preview': ({ desks }, lang) => `${desks[lang].open}/preview`,
  '/drafts/{}/page': ({ desks }, lang) => `${desks[lang].open}/page`,
  '/drafts/{}/versions': ({ desks }, lang) => `${desks[lang].open}/versions`,
  '/drafts/{}/versions/{}': ({ desks }, lang) => `${desks[lang].open}/versions/2`,
  '/drafts/{}/comments': ({ desks }, lang) => `${desks[lang].open}/comments`,
  '/drafts/{}/suggestions': ({ desks }, lang) => `${desks[lang].open}/suggestions`,
  '/drafts/{}/compare': ({ desks }, lang) => `${desks[lang].open}/compare?from=1&to=2`,
  '/drafts/{}/work': ({ planned, desks }, lang) => [`${planned.draft}/work`, `${desks[lang].open}/work`],
  '/drafts/{}/changes': ({ planned, desks }, lang) => [`${planned.translation}/changes`, `${desks[lang].open}/changes`],
  '/pitches': () => '/pitches',
  '/pitches/{}': ({ planned }) => [planned.open, planned.taken, planned.declined],
  '/calendar': () => ['/calendar', '/calendar?week='],
  '/tasks/{}': ({ planned }) => planned.task,
  '/texts': () => '/texts',
  '/drafts/{}/publish': ({ desks }, lang) => [`${desks[lang].ready}/publish`, `${desks[lang].open}/publish`, `${desks[lang].following}/publish`],
  '/drafts/{}/schedule': ({ desks }, lang) => `${desks[lang].scheduled}/schedule`,
  '/drafts/{}/sources': ({ desks }, lang) => `${desks[lang].open}/sources`,
  '/drafts/{}/pictures': ({ desks }, lang) => `${desks[lang].open}/pictures`,
  '/library': () => ['/library', '/library?q=nothing+like+that'],
  '/library/{}': ({ kept }) => `/library/${kept}`,
  '/articles': () => '/articles',
  '/people': () => '/people',
  '/people/{}': ({ person }) => `/people/${person}`,
  '/me': () => '/me',
  '/trail': () => '/trail',
  '/letters': () => '/letters',
  '/letters/{}': ({ letter, declined }) => [`/letters/${letter}`, `/letters/${declined}`],
  '/schedule': () => '/schedule',
  '/settings': () => '/settings',
  '/settings/edition': () => '/settings/edition',
  '/settings/sections': () => '/settings/sections',
  '/settings/policies': () => '/settings/policies',
  '/settings/policies/{}/{}': (_, lang) => [`/settings/policies/${lang}/ethics`, `/settings/policies/${lang}/ownership`],
  '/settings/record': () => '/settings/record',
  '/settings/import': () => '/settings/import',
  '/settings/export': () => '/settings/export',
  '/settings/feeds': () => '/settings/feeds',
};

// What stands at no address of its own, but is shown.
const BESIDES = [{ path: '/nothing', status: 404 }];

// What is wrong with the two lists above, as sentences that say what to do.
export function unvisited() {
  const all = gets();
  const known = (path) => path in SCREENS || path in NO_SCREEN;
  const missing = all.filter((path) => !known(path)).map((path) => `GET ${path} is visited by no test: add it to SCREENS in tests/pages/house/screens.mjs, or to NO_SCREEN with the reason`);
  const gone = [...Object.keys(SCREENS), ...Object.keys(NO_SCREEN)].filter((path) => !all.includes(path)).map((path) => `there is no GET ${path} any more: take it out of tests/pages/house/screens.mjs`);
  return [...missing, ...gone];
}

// Every screen in a language: { path, name, nobody, status }.
export const screens = (world, lang, house) => [
  ...BESIDES.map((one) => ({ ...one, name: `${lang}${one.path.replace(/\W+/g, '-')}`, nobody: false })),
  ...Object.entries(SCREENS).flatMap(([pattern, paths]) =>
    [paths(world, lang, house)].flat().map((path, number) => ({
      path: paths.nobody ? `${path}?lang=${lang}` : path,
      name: `${lang}${pattern.replace(/\W+/g, '-').replace(/-$/, '') || '-desk'}${number > 0 ? `-${number + 1}` : ''}`,
      nobody: Boolean(paths.nobody),
      status: 200,
    }))),
];
