import * as vega from 'vega';
import { compile } from 'vega-lite';

/** A Vega-Lite specification as SVG. */
export async function draw(specification) {
  const view = new vega.View(vega.parse(compile(specification).spec), { renderer: 'none' });
  return view.toSVG();
}
