// What more.js, a script of its own that is loaded when somebody asks for it, offers to the page.
import type { Beside } from '../ask.js';
import type { Form } from '../controls.js';
import type { Row } from '../parts/capabilities.js';
import type { Side } from '../uses.js';
import type { Diagnosis, EngineOnDemand, Explanation, NodeOptions, OperatorOptions, RoleInput } from '../engine.js';
import type { Status } from '../parts/status.js';

export interface MoreScript {
  /** What an error message means. Rejects with a `PosternFailure` when the engine could not finish. */
  explainError(message: string): Promise<Explanation[]>;
  /** What the policies of a role let Session Manager do. Rejects as `explainError` does, also for what the engine refuses. */
  diagnoseRole(input: RoleInput): Promise<Diagnosis>;
  /** Shows in `place` the commands that print what Check a role reads. */
  showCommands(place: HTMLElement, status: Status): void;
  /** Says in `place` what an error message means. */
  showError(place: HTMLElement, error: GivenError): void;
  /**
   * Says in `place` what somebody can do by the policy `after` and could not by `before`, and the other way round: of a
   * change, or of another policy than the one above.
   */
  showAccess(place: HTMLElement, before: string, after: string, isOther: boolean): void;
  /** Offers in `place` the shortest equal policy. */
  showShorter(place: HTMLElement, text: string, status: Status): void;
  /** Offers in `place` all that the options need, as code. */
  showSetup(place: HTMLElement, options: GivenSetup, status: Status): void;
}

/** An error message, and what the page knows beside it. */
export interface GivenError {
  explanations: Explanation[];
  /** Empty where none was given. */
  region: string;
  /** The rows of the table, to which it leads. */
  rows: Row[];
  side: Side;
  onGiveRegion: () => void;
}

/** What the forms of the page say of a set-up. */
export interface GivenSetup {
  node: NodeOptions;
  operator: OperatorOptions;
  /** Empty where none was given. */
  roleName: string;
  /** The forms that it is made of. The paths of their controls are ids in the document. */
  forms: { node: Form; operator: Form };
}

declare global {
  /** Gets the way to ask the engine with which more.js begins. */
  var posternMore: ((ask: Beside) => MoreScript) | undefined;
  /** Makes this engine. */
  var posternMoreCore: (() => EngineOnDemand) | undefined;
}
