// A picture made of numbers: a sky over hills, with grain as a photograph has, in PNG (RFC 2083).
import { deflateSync } from 'node:zlib';

const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});
const crc32 = (bytes) => ~bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

export function picture(width, height, seed = 1) {
  let state = seed;
  const grain = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 28;
  const rows = Buffer.alloc(height * (width * 3 + 1));
  let at = 0;
  for (let y = 0; y < height; y++) {
    rows[at++] = 0;
    for (let x = 0; x < width; x++) {
      const hill = height * (0.55 + 0.12 * Math.sin((x + seed * 40) / 97) + 0.05 * Math.sin(x / 23));
      const [red, green, blue] = y < hill ? [120 + (90 * y) / height, 160 + (60 * y) / height, 225] : [70, 120 - (40 * y) / height, 70];
      const light = grain() - 8;
      rows[at++] = red + light;
      rows[at++] = green + light;
      rows[at++] = blue + light;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
