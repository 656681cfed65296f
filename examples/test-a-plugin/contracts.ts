/** A host service: the app binds one that asks a weather station. */
export abstract class Station {
  abstract temperature(city: string): Promise<number>;
  abstract close(): void;
}
