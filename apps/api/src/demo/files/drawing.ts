import { below, dice } from './dice.js';

interface Line {
  from: readonly [number, number];
  to: readonly [number, number];
}

/** Sheet of a drawing in points, A3 across. */
const SHEET = { width: 1190, height: 842 };

/** A grid of axes with members between them, as a plan has. */
function members(seed: string, count: number): Line[] {
  const roll = dice(seed);
  return Array.from({ length: count }, () => {
    const x = 60 + below(roll, 18) * 60;
    const y = 120 + below(roll, 11) * 60;
    return { from: [x, y], to: roll() < 0.5 ? [x + 60, y] : [x, y + 60] };
  });
}

/** One sheet as PDF 1.4 with a title and a cross-reference table that readers accept. */
export function drawingPdf(title: string, lineCount: number): Buffer {
  const strokes = members(title, lineCount).map(({ from, to }) => `${from.join(' ')} m ${to.join(' ')} l S`);
  const caption = `BT /F1 18 Tf 60 60 Td (${pdfText(title)}) Tj ET`;
  const content = [`0.6 w`, `40 40 ${SHEET.width - 80} ${SHEET.height - 80} re S`, ...strokes, caption].join('\n');
  return pdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${SHEET.width} ${SHEET.height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${Buffer.byteLength(content)} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]);
}

function pdf(objects: readonly string[]): Buffer {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(text);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${Buffer.byteLength(text)}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`);
}

/** The standard fonts of a PDF hold no more than ASCII without an encoding of their own. */
const pdfText = (text: string): string => text.replace(/[^ -~]/gu, '?').replace(/[\\()]/g, '\\$&');

export function drawingSvg(title: string, lineCount: number): Buffer {
  const strokes = members(title, lineCount)
    .map(({ from, to }) => `  <path d="M${from.join(' ')}L${to.join(' ')}" stroke="#234" />`)
    .join('\n');
  const escaped = title.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SHEET.width} ${SHEET.height}">\n  <title>${escaped}</title>\n${strokes}\n</svg>\n`,
  );
}

/** Lines in AutoCAD's exchange format, R12, which needs no tables. */
export function drawingDxf(title: string, lineCount: number): Buffer {
  const entities = members(title, lineCount).flatMap(({ from, to }) => [
    ...['0', 'LINE', '8', 'STRUCTURE'],
    ...['10', String(from[0]), '20', String(from[1]), '11', String(to[0]), '21', String(to[1])],
  ]);
  return Buffer.from(['0', 'SECTION', '2', 'ENTITIES', ...entities, '0', 'ENDSEC', '0', 'EOF', ''].join('\r\n'));
}
