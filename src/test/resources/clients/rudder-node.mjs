// A shop's server with @rudderstack/rudder-sdk-node, as its readme has it; dataPlaneUrl is all that is changed.
import RudderAnalytics from '@rudderstack/rudder-sdk-node'

const [dataPlaneUrl, writeKey] = process.argv.slice(2)
const client = new RudderAnalytics(writeKey, { dataPlaneUrl })
const userId = 'rudder-node'
const context = { traits: { email: 'rudder-node@example.com' } }

client.identify({ userId, traits: { email: 'rudder-node@example.com' } })
client.page({ userId, name: 'Home', context })
client.screen({ userId, name: 'Cart', context })
client.group({ userId, groupId: 'G-1', traits: { name: 'Club' }, context })
client.alias({ userId, previousId: 'before', context })
client.track({ userId, event: 'Signed Up', properties: { method: 'form' }, context })
client.track({ userId, event: 'Product Viewed', properties: { product_id: 'P-1' }, context })
client.track({ userId, event: 'Product Added', properties: { product_id: 'P-1', quantity: 2 }, context })
client.track({ userId, event: 'Order Completed', properties: { order_id: 'O-1', revenue: 129.9 }, context })
await new Promise((resolve, reject) => client.flush((error) => (error ? reject(error) : resolve())))
