export type TicketStatus = 'OPEN' | 'IN_PROGRESS' | 'ON_HOLD' | 'RESOLVED' | 'CLOSED';
export type TicketPriority = 'LOW' | 'MEDIUM' | 'HIGH' | 'URGENT';

/** A ticket as of one version. Times are ISO 8601 in UTC; tags are lower case, sorted, without duplicates. */
export interface Ticket {
  id: string;
  version: number;
  title: string;
  description: string | null;
  status: TicketStatus;
  priority: TicketPriority;
  tags: string[];
  assignee: string | null;
  requester: string;
  commentCount: number;
  /** Notes are for agents alone, and so is their number. */
  noteCount: number;
  createdAt: string;
  updatedAt: string;
}
