// What is written on the path of one article, in each language.
export const JOURNEY = {
  en: {
    first: 'Amina Khan', second: 'Sana Mir', slug: 'the-footbridge',
    headline: 'The footbridge opens on Monday', standfirst: 'The northern pier has a new foot, the council says.',
    text: 'The footbridge across the river opens on Monday, the town council said', end: '.', more: 'Around 400 people a day walked over it before it was closed.',
    topic: 'Footbridge', source: 'Statement on the footbridge', alt: 'Hills under a light sky', caption: 'The river from the northern bank',
    report: 'The council counted 300 people a day, not 400.', wrong: '400', right: '300', note: 'The council counted 300 people a day, not 400.',
    search: 'footbridge',
  },
  ur: {
    first: 'بلال احمد', second: 'ثنا میر', slug: 'paidal-pul',
    headline: 'پیدل پل پیر کو کھلے گا', standfirst: 'کونسل کہتی ہے کہ شمالی ستون کی نئی بنیاد ہے۔',
    text: 'دریا پر پیدل پل پیر کو کھلے گا، ٹاؤن کونسل نے کہا', end: '۔', more: 'بند ہونے سے پہلے روز تقریباً 400 لوگ اس پر چلتے تھے۔',
    topic: 'پیدل پل', source: 'پیدل پل کے بارے میں بیان', alt: 'ہلکے آسمان کے نیچے پہاڑیاں', caption: 'شمالی کنارے سے دریا',
    report: 'کونسل نے روز 300 لوگ گنے تھے، 400 نہیں۔', wrong: '400', right: '300', note: 'کونسل نے روز 300 لوگ گنے تھے، 400 نہیں۔',
    search: 'پیدل پل',
  },
};

// What the council's own page says, kept with the article.
export const STATEMENT = ['text/html; charset=utf-8', '<!doctype html><html lang="en"><title>The footbridge</title><h1>The footbridge</h1><p>It opens on Monday.</p></html>'];
