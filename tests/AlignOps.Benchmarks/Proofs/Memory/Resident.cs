namespace AlignOps.Benchmarks.Proofs.Memory;

/// <summary>Memory as the operating system counts it.</summary>
internal static class Resident
{
    public const double Mebi = 1 << 20;

    public static double Mebibytes => Environment.WorkingSet / Mebi;

    /// <summary>The same once everything that nobody holds has been given back.</summary>
    public static double MebibytesHeld()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Mebibytes;
    }
}
