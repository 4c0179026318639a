// Looks at the page as an operator does, in Debian's Chromium. Arguments: the scene, the page's address, tokens, and the folder
// for pictures. The first thing that is not as expected ends it with its message.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [scene, page, token, readToken, pictures] = process.argv.slice(2)
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const VIEWS = ['find', 'overview', 'live', 'dead', 'dropped', 'playground', 'contract', 'webhooks', 'settings']
const WIDE = { width: 1280, height: 860 }
const NARROW = { width: 380, height: 800 }

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
const complaints = []

async function open(options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options })
  const tab = await context.newPage()
  tab.setDefaultTimeout(30_000)
  tab.on('console', message => {
    // a call that answers 4xx is shown by the page; the browser tells of it, too
    if (message.type() === 'error' && !message.text().includes('Failed to load resource')) complaints.push(message.text())
  })
  tab.on('pageerror', error => complaints.push(String(error)))
  tab.on('dialog', dialog => { complaints.push('a script ran: ' + dialog.message()); dialog.dismiss() })
  return tab
}

async function signIn(tab, as = token, hash = '#/find') {
  await tab.goto(page + hash)
  await tab.getByLabel('Token').fill(as)
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await tab.locator('#main').waitFor()
  return tab
}

/** The answer to a search, in one sentence. */
async function find(tab, what) {
  await tab.goto(page + '#/find')
  // the box is emptied when the address changes
  await tab.waitForFunction(() => document.getElementById('find-box')?.value === '' && !document.querySelector('.sentence'))
  await tab.locator('#find-box').fill(what)
  await tab.keyboard.press('Enter')
  const answer = tab.locator('.sentence, .empty h2, .empty h1').first()
  await answer.waitFor()
  return answer.innerText()
}

async function look(tab, view, picture) {
  await tab.goto(page + '#/' + view)
  await tab.locator('#main h1, #find-box').first().waitFor()
  await tab.locator('.skeleton').first().waitFor({ state: 'detached' })
  await tab.waitForLoadState('networkidle')
  await tab.screenshot({ path: `${pictures}/${picture}.png`, fullPage: true })
}

async function violations(tab) {
  await tab.evaluate(AXE)
  const result = await tab.evaluate(() => axe.run(document, { resultTypes: ['violations'] }))
  return result.violations.map(one => `${one.id}: ${one.nodes[0].html}`)
}

const scenes = {
  /** Signing in, each view in three windows, each kind of search, hostile events, a reader that may only look. */
  async look() {
    const tab = await open()
    await tab.goto(page)
    await tab.getByLabel('Token').fill('wrong')
    await tab.getByRole('button', { name: 'Sign in' }).click()
    await tab.locator('#token-wrong:not(:empty)').waitFor()
    await signIn(tab)

    assert.match(await find(tab, 'Shopper@example.com'), /^Delivered to Listrak as purchase at .*; Listrak answered 200\.$/)
    await tab.screenshot({ path: `${pictures}/found.png`, fullPage: true })
    assert.match(await find(tab, 'm-delivered'), /^Delivered to Listrak as purchase/)
    assert.match(await find(tab, 'ORD-1'), /^Delivered to Listrak as purchase/)
    assert.match(await find(tab, 'u-1'), /^Delivered to Listrak as purchase/)
    assert.match(await find(tab, 'm-dropped'), /^Not sent: no rule of the mapping matches Invoice Sent\.$/)
    assert.match(await find(tab, 'm-dead'), /^Not delivered: .*400/)
    assert.match(await find(tab, 'nobody@example.com'), /^No events found/)

    await find(tab, 'm-hostile')
    await tab.getByRole('tab', { name: 'As received' }).click()
    await tab.getByText('<img src=x onerror=alert(1)>').first().waitFor()
    await tab.screenshot({ path: `${pictures}/hostile.png`, fullPage: true })

    for (const view of VIEWS) {
      await look(tab, view, view)
      assert.deepEqual(await violations(tab), [], view)
    }
    await tab.context().close()
    for (const [name, options] of [['dark', { colorScheme: 'dark' }], ['narrow', { viewport: NARROW }]]) {
      const other = await signIn(await open(options))
      for (const view of VIEWS) {
        await look(other, view, `${view}-${name}`)
        const overflow = await other.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.ok(overflow <= 0, `${view} is ${overflow} px too wide for a ${name} window`)
      }
      assert.deepEqual(await violations(other), [], name)
      await other.context().close()
    }

    const reader = await signIn(await open(), readToken)
    assert.match(await find(reader, 'shopper@example.com'), /^Delivered/)
    assert.ok(!(await reader.content()).includes('hopper@example.com</'), 'an address is shown to a reader')
    await reader.getByText('s•••@example.com').first().waitFor()
    await look(reader, 'dead', 'dead-reader')
    assert.equal(await reader.getByRole('button', { name: /^Replay/ }).count(), 0)
  },

  /** Listrak is parked: the page says so, and lets it be tried. */
  async parked() {
    const tab = await signIn(await open(), token, '#/overview')
    await tab.getByText(/Parked since/).waitFor()
    await tab.screenshot({ path: `${pictures}/parked.png`, fullPage: true })
    assert.match(await find(tab, 'waits@example.com'), /^Waiting: Listrak is parked since .*403/)
  },

  async resume() {
    const tab = await signIn(await open(), token, '#/overview')
    await tab.getByRole('button', { name: 'Try now' }).click()
    await tab.getByText('Parked since').waitFor({ state: 'detached' })
    assert.match(await find(tab, 'waits@example.com'), /^Delivered to Listrak/)
  },

  /** A dead letter is replayed, and followed to its end. */
  async replay() {
    const tab = await signIn(await open(), token, '#/dead')
    await tab.locator('.group-head').first().click()
    await tab.getByLabel(/Select all/).check()
    await tab.getByRole('button', { name: /^Replay \d/ }).click()
    await tab.locator('dialog').getByRole('button', { name: 'Replay' }).click()
    await tab.locator('.progress .done').waitFor()
    await tab.screenshot({ path: `${pictures}/replayed.png`, fullPage: true })
    assert.match(await find(tab, 'm-dead'), /^Delivered to Listrak as purchase .* after it was replayed/)
  },

  /** A draft of the mapping shows what it would change; a mistake is marked; the active mapping stays as it is. */
  async draft() {
    const tab = await signIn(await open(), token, '#/playground')
    const draft = tab.getByLabel('Draft of the mapping')
    await tab.waitForFunction(() => document.querySelector('textarea[aria-label="Draft of the mapping"]')?.value.includes('preset'))
    const active = await draft.inputValue()
    await draft.fill(active.trimEnd() + '\n  - when: {type: track, event: Invoice Sent}\n    event_name: invoice\n')
    await tab.getByRole('button', { name: 'Run over the last' }).click()
    await tab.locator('.change', { hasText: /dropped no_rule.*invoice/ }).waitFor()
    await tab.screenshot({ path: `${pictures}/draft.png`, fullPage: true })
    await tab.getByRole('button', { name: 'Suggest lines' }).click()
    await tab.getByText('no line to add').waitFor()
    await draft.fill('preset: none\n')
    await tab.locator('.mistakes').getByText(/preset/).first().waitFor()
    await tab.screenshot({ path: `${pictures}/mistake.png`, fullPage: true })
    assert.match(await find(tab, 'm-dropped'), /^Not sent/)
  },

  /** What a replay of dropped events would do is said first; a few go first, and where these end as before, it says so. */
  async dropped() {
    const tab = await signIn(await open(), token, '#/dropped')
    await tab.getByRole('button', { name: 'Replay dropped' }).click()
    await tab.locator('dialog').getByText('1 event').waitFor()
    await tab.locator('dialog').getByRole('button', { name: 'Replay' }).click()
    await tab.getByText(/1 of the first 1 ended no better than before/).waitFor()
    await tab.screenshot({ path: `${pictures}/dropped-again.png`, fullPage: true })
  },
}

try {
  await scenes[scene]()
  assert.deepEqual(complaints, [], 'the browser complains')
} catch (unexpected) {
  for (const context of browser.contexts()) {
    for (const tab of context.pages()) await tab.screenshot({ path: `${pictures}/failed-${scene}.png`, fullPage: true })
  }
  throw unexpected
} finally {
  await browser.close()
}
