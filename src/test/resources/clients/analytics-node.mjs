// A shop's server with analytics-node, Segment's older SDK, as its readme has it; host is all that is changed.
import Analytics from 'analytics-node'

const [host, writeKey] = process.argv.slice(2)
const analytics = new Analytics(writeKey, { host })
const userId = 'analytics-node'
const context = { traits: { email: 'analytics-node@example.com' } }

analytics.identify({ userId, traits: { email: 'analytics-node@example.com' } })
analytics.page({ userId, name: 'Home', context })
analytics.screen({ userId, name: 'Cart', context })
analytics.group({ userId, groupId: 'G-1', traits: { name: 'Club' }, context })
analytics.alias({ userId, previousId: 'before', context })
analytics.track({ userId, event: 'Signed Up', properties: { method: 'form' }, context })
analytics.track({ userId, event: 'Product Viewed', properties: { product_id: 'P-1' }, context })
analytics.track({ userId, event: 'Product Added', properties: { product_id: 'P-1', quantity: 2 }, context })
analytics.track({ userId, event: 'Order Completed', properties: { order_id: 'O-1', revenue: 129.9 }, context })
await analytics.flush()
