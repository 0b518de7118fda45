import { Duration } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { routes } from '../../events/commands.ts';
import { documentPaths } from '../../events/documents.ts';
import { ownPaths } from '../../events/office-commands.ts';
import { webhookAllow } from '../countries.ts';
import { NodeFunction, type NodeFunctionProps } from '../parts/node-function.ts';
import { arnOf, doorOf, mayAsk } from '../parts/peers-door.ts';
import type { Place } from '../parts/place.ts';
import { ApiStage } from './api-stage.ts';
import { Authorizer } from './authorizer.ts';
import type { VaultStore } from './vault-store.ts';

interface ApiProps {
  readonly place: Place;
  readonly ledger: ITable;
  readonly views: ITable;
  readonly deliveries: ITable;
  readonly webhookKey: IKey;
  readonly vault: VaultStore;
  /** Where what erases takes its work. */
  readonly erase: IQueue;
}

const directory = ['areas', 'offices', 'services'].map((what) => `/v1/directory/${what}`);
const reads = ['/v1/referrals/{ref}', '/v1/referrals/{ref}/facts', '/v1/inbox', '/v1/sent'];

/** What agencies call. One function where permissions are the same. */
export class Api extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const read = this.to('Read', this.read(props));
    const command = this.to('Command', this.command(props));
    const sealed = this.to('SealedCommand', this.sealedCommand(props));
    const endpoints = this.to('Endpoints', this.endpoints(props));
    const find = this.to('Directory', this.directory(props));
    const caseFile = this.to('CaseFile', this.caseFile(props));
    const documents = this.to('Documents', this.documents(props));
    const officeFn = this.office(props);
    const office = this.to('Office', officeFn);
    const authorizer = new Authorizer(this, 'Authorizer', props);
    const http = new HttpApi(this, 'Http', {
      createDefaultStage: false,
      defaultAuthorizer: authorizer.ofEachCall,
      defaultIntegration: read, // `$default`: unknown paths get our 404, not the gateway's
    });
    for (const path of reads)
      http.addRoutes({ path, methods: [HttpMethod.GET], integration: read });
    for (const { path, sealed: seals } of routes)
      http.addRoutes({ path, methods: [HttpMethod.POST], integration: seals ? sealed : command });
    for (const path of directory)
      http.addRoutes({ path, methods: [HttpMethod.GET], integration: find });
    for (const path of ownPaths)
      http.addRoutes({ path, methods: [HttpMethod.POST], integration: office });
    for (const path of Object.values(documentPaths))
      http.addRoutes({ path, methods: [HttpMethod.POST], integration: documents });
    const methods = [HttpMethod.GET, HttpMethod.POST];
    http.addRoutes({ path: '/v1/endpoints', methods, integration: endpoints });
    http.addRoutes({
      path: '/v1/referrals/{ref}/case-file/disclosures',
      methods: [HttpMethod.POST],
      integration: caseFile,
    });
    new ApiStage(this, 'Stage', { place: props.place, http });
    this.url = props.place.country.apiUrl ?? http.apiEndpoint;
    authorizer.guards(this.url);
    officeFn.addEnvironment('API_URL', this.url); // what the proof of a new key must name
  }

  private command({ place, ledger, views }: ApiProps) {
    const environment = { LEDGER: ledger.tableName, VIEWS: views.tableName };
    const impact = 'Offices can answer no referral';
    const fn = this.fn('Command', { place, entry: 'api/command.ts', impact, environment });
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:PutItem');
    views.grant(fn, 'dynamodb:GetItem');
    return fn;
  }

  /** The only one that may seal, and it cannot open. */
  private sealedCommand({ place, ledger, views, vault: store }: ApiProps) {
    const { vault, keys, duplicates, contentKey, personKey } = store;
    const environment = {
      ...{ LEDGER: ledger.tableName, VIEWS: views.tableName },
      ...{ VAULT: vault.tableName, KEYS: keys.tableName, DUPLICATES: duplicates.tableName },
      ...{ CONTENT_KEY: contentKey.keyArn, PERSON_KEY: personKey.keyArn },
    };
    const impact = 'Offices can refer nobody, and give no reason, question or result';
    const fn = this.fn('SealedCommand', {
      ...{ place, entry: 'api/sealed-command.ts', impact, environment },
      roleName: place.country.sealedCommandRole,
    });
    this.asksGates(fn, place); // whether she may be contacted by a channel
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:PutItem');
    views.grant(fn, 'dynamodb:GetItem');
    vault.grant(fn, 'dynamodb:PutItem');
    keys.grant(fn, 'dynamodb:UpdateItem');
    duplicates.grant(fn, 'dynamodb:GetItem', 'dynamodb:PutItem');
    contentKey.grant(fn, 'kms:GenerateDataKey');
    personKey.grant(fn, 'kms:GenerateMac');
    return fn;
  }

  /** It hands the worker's own token to the gate of the country that holds the file, under a role that the peer knows by name. */
  private caseFile({ place, ledger, views }: ApiProps) {
    const environment = { LEDGER: ledger.tableName, VIEWS: views.tableName };
    const impact = 'Offices cannot ask for a case file';
    const fn = this.fn('CaseFile', {
      ...{ place, entry: 'api/case-file.ts', impact, environment },
      roleName: place.country.caseFileRole,
    });
    ledger.grant(fn, 'dynamodb:Query');
    views.grant(fn, 'dynamodb:GetItem');
    this.asksGates(fn, place);
    return fn;
  }

  /** It lets an office send, takes in what was sent, and opens nothing that is sealed. */
  private documents({ place, ledger, views, vault: { documents }, erase }: ApiProps) {
    const DOCUMENTS = documents.bucket.bucketName;
    const environment = {
      ...{ LEDGER: ledger.tableName, VIEWS: views.tableName, DOCUMENTS },
      ERASE: erase.queueUrl,
    };
    const impact = 'Offices cannot bring documents';
    const fn = this.fn('Documents', { place, entry: 'api/documents.ts', impact, environment });
    ledger.grant(fn, 'dynamodb:Query');
    views.grant(fn, 'dynamodb:GetItem');
    documents.letBring(fn);
    erase.grantSendMessages(fn);
    return fn;
  }

  private read({ place, ledger, views }: ApiProps) {
    const environment = { LEDGER: ledger.tableName, VIEWS: views.tableName };
    const impact = 'Offices cannot see their referrals';
    const fn = this.fn('Read', { place, entry: 'api/read.ts', impact, environment });
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:GetItem');
    views.grant(fn, 'dynamodb:GetItem');
    const byDue = [`${views.tableArn}/index/by-due`];
    fn.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:Query'], resources: byDue }));
    return fn;
  }

  private directory({ place, views }: ApiProps) {
    const environment = { VIEWS: views.tableName };
    const impact = 'Offices cannot find whom to refer to';
    const fn = this.fn('Directory', { place, entry: 'api/directory.ts', impact, environment });
    views.grant(fn, 'dynamodb:GetItem');
    return fn;
  }

  private office({ place, ledger }: ApiProps) {
    const environment = { LEDGER: ledger.tableName };
    const impact = 'Offices cannot change their entry, their capacity or their keys';
    const fn = this.fn('Office', { place, entry: 'api/office.ts', impact, environment });
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:PutItem');
    return fn;
  }

  private endpoints({ place, deliveries, webhookKey }: ApiProps) {
    const environment = {
      DELIVERIES: deliveries.tableName,
      WEBHOOK_KEY: webhookKey.keyArn,
      ...webhookAllow(place.country),
    };
    const impact = 'Offices cannot register where webhooks go';
    const fn = this.fn('Endpoints', { place, entry: 'api/endpoints.ts', impact, environment });
    deliveries.grant(fn, 'dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem');
    webhookKey.grant(fn, 'kms:Encrypt');
    return fn;
  }

  /** Their logs hold audit lines, which the law wants for two years. */
  private fn(id: string, props: Omit<NodeFunctionProps, 'timeout'>) {
    const timeout = Duration.seconds(15);
    return new NodeFunction(this, id, { ...props, timeout, keepLogs: RetentionDays.TWO_YEARS });
  }

  private asksGates(fn: NodeFunction, { country }: Place) {
    const { peer } = country;
    const own = arnOf(country, country.gateFunction);
    const door = doorOf(peer, peer.gateFunction);
    fn.addEnvironment('OWN_GATE', own);
    fn.addEnvironment('PEERS_GATE', door);
    fn.addToRolePolicy(mayAsk('AskOwnGate', own));
    fn.addToRolePolicy(mayAsk('AskPeersGate', door));
  }

  /** One permission a function; one a route would outgrow the function's policy. */
  private to(id: string, fn: NodeFunction) {
    return new HttpLambdaIntegration(`${id}Integration`, fn, { scopePermissionToRoute: false });
  }
}
