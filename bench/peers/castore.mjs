import { EventStore, EventType } from '@castore/core';
import { DynamoDBSingleTableEventStorageAdapter } from '@castore/event-storage-adapter-dynamodb';

// The ticket as castore would have it: the facts alone in the log, folded for each command.

const types = ['TicketCreated', 'TicketUpdated'].map((type) => new EventType({ type }));

function reducer(ticket, { aggregateId, version, payload }) {
  return { ...ticket, ...payload, aggregateId, version };
}

/** `table` has the keys aggregateId and version. */
export function castore(dynamoDBClient, table) {
  const store = new EventStore({
    eventStoreId: 'TICKETS',
    eventTypes: types,
    reducer,
    eventStorageAdapter: new DynamoDBSingleTableEventStorageAdapter({ tableName: table, dynamoDBClient }),
  });
  return {
    create: (id, payload) => store.pushEvent({ aggregateId: id, version: 1, type: 'TicketCreated', payload }),
    /** Reads the history, folds it, and appends. */
    update: async (id, payload) => {
      const { aggregate } = await store.getExistingAggregate(id);
      await store.pushEvent(
        { aggregateId: id, version: aggregate.version + 1, type: 'TicketUpdated', payload },
        { prevAggregate: aggregate },
      );
    },
  };
}
