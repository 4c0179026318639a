// A shop's server with @segment/analytics-node, as its readme has it; host is all that is changed.
import { Analytics } from '@segment/analytics-node'
import { writeFileSync } from 'node:fs'

const [host, writeKey, refused] = process.argv.slice(2)
const analytics = new Analytics({ writeKey, host })
const userId = 'segment-node'
const context = { traits: { email: 'segment-node@example.com' } }

analytics.identify({ userId, traits: { email: 'segment-node@example.com', plan: 'gold' } })
analytics.page({ userId, name: 'Home', context })
analytics.screen({ userId, name: 'Cart', context })
analytics.group({ userId, groupId: 'G-1', traits: { name: 'Club' }, context })
analytics.alias({ userId, previousId: 'before', context })
analytics.track({ userId, event: 'Signed Up', properties: { method: 'form' }, context })
analytics.track({ userId, event: 'Product Viewed', properties: { product_id: 'P-1' }, context })
analytics.track({ userId, event: 'Product Added', properties: { product_id: 'P-1', quantity: 2 }, context })
analytics.track({
  userId,
  event: 'Order Completed',
  properties: { order_id: 'O-1', revenue: 129.9, products: [{ product_id: 'P-1' }] },
  timestamp: new Date('2026-06-06T12:34:56.000Z'),
  context,
})
analytics.on('error', (error) => {
  console.error(error)
  process.exitCode = 1
})
if (refused) {
  // tells a test that it was sent away once
  analytics.on('http_response', ({ status }) => status === 503 && writeFileSync(refused, ''))
}
await analytics.closeAndFlush({ timeout: 60_000 })
