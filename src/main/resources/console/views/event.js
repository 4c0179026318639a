// One event under its own link.
import { html } from '../ui.js';
import { route, replace } from '../route.js';
import { EventDetail } from '../detail.js';
import { Empty, Icon } from '../parts.js';

export default function EventView() {
  const { parts: [spool, seq], query } = route.use();
  if (!spool || !/^\d+$/.test(seq || '')) return html`<${Empty} title="This link is not complete"><p><a href="#/find">Find an event</a></p><//>`;
  const back = () => (history.length > 1 ? history.back() : location.assign('#/find'));
  return html`<p class="crumb"><button type="button" class="link" onClick=${back}><${Icon} name="back" />Back</button></p>
    <${EventDetail} key=${spool + seq} spool=${spool} seq=${seq} tab=${query.tab} onTab=${tab => replace(`event/${encodeURIComponent(spool)}/${seq}`, { ...query, tab })} />`;
}
