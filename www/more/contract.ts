// What more.js, a script of its own that is loaded when somebody asks for it, offers to the page.
import type { Beside } from '../ask.js';
import type { EngineOnDemand, Explanation, NodeOptions, OperatorOptions } from '../engine.js';
import type { Status } from '../parts/status.js';

export interface MoreScript {
  /** What an error message means. Rejects with a `PosternFailure` when the engine could not finish. */
  explainError(message: string): Promise<Explanation[]>;
  /** Says in `place` what somebody can do by the policy `after` and could not by `before`, and the other way round. */
  showAccess(place: HTMLElement, before: string, after: string): void;
  /** Offers in `place` the shortest equal policy. */
  showShorter(place: HTMLElement, text: string, status: Status): void;
  /** Offers in `place` all that the options need, as code. */
  showSetup(place: HTMLElement, options: GivenSetup, status: Status): void;
}

/** What the forms of the page say of a set-up. */
export interface GivenSetup {
  node: NodeOptions;
  operator: OperatorOptions;
  /** Empty where none was given. */
  roleName: string;
}

declare global {
  /** Gets the way to ask the engine with which more.js begins. */
  var posternMore: ((ask: Beside) => MoreScript) | undefined;
  /** Makes this engine. */
  var posternMoreCore: (() => EngineOnDemand) | undefined;
}
