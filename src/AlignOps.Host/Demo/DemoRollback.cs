namespace AlignOps.Host.Demo;

/// <summary>What it took to find a bad canary out.</summary>
/// <param name="Thumbs">Customers' thumbs until the bound was crossed, for the canary's answers and for the champion's.</param>
/// <param name="Requests">Requests answered until then.</param>
/// <param name="CanaryRequests">Those of them that the canary answered.</param>
/// <param name="Milliseconds">From the stored thumb that crossed the bound to the old champion's first answer to one of the canary's customers.</param>
internal sealed record DemoRollback(int Thumbs, int Requests, int CanaryRequests, double EValue, double Bound, long Milliseconds);
