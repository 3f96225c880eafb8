import { StartError } from '../../../shared/start-error';

/** No DynamoDB engine can be started here. The message is one line that says what to install. */
export class NoEngine extends StartError {
  override readonly name = 'NoEngine';
}
