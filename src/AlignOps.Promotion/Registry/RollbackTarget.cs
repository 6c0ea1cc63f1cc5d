namespace AlignOps.Promotion.Registry;

/// <summary>Where a rollback leads.</summary>
internal static class RollbackTarget
{
    /// <summary>
    /// The champions before the present one, newest first. After a rollback they begin before the restored model, not with the one rolled back from: there is no
    /// rollback of a rollback by default.
    /// </summary>
    /// <param name="history">By version, the present champion last.</param>
    public static IEnumerable<HistoryEntry> Before(IReadOnlyList<HistoryEntry> history)
    {
        if (history.Count == 0) return [];
        var present = history[^1];
        var from = present.Restores ?? present.Version;
        return history.Where(entry => entry.Version < from && entry.Restores is null && entry.Model != present.Model).Reverse();
    }

    /// <summary>The first of them that can be loaded at this moment.</summary>
    /// <returns>Null with what is wrong where there is none; the note says which were passed over and why, and is empty where none was.</returns>
    public static async Task<(HistoryEntry? Entry, string Note)> FindLoadableAsync(IReadOnlyList<HistoryEntry> history, ModelProbe probe, CancellationToken cancellationToken)
    {
        var note = "";
        foreach (var entry in Before(history))
        {
            if (await probe.FindFaultAsync(entry.Model, cancellationToken) is not { } fault) return (entry, note);
            note += $" Version {entry.Version} was passed over: {fault}";
        }

        return (null, note);
    }
}
