namespace AlignOps.Promotion.Registry;

/// <summary>Where a rollback leads.</summary>
internal static class RollbackTarget
{
    /// <summary>
    /// The champion before the present one. After a rollback that is the one before the restored model, not the one rolled back from: there is no rollback of a rollback by default.
    /// </summary>
    /// <param name="history">By version, the present champion last.</param>
    public static HistoryEntry? Before(IReadOnlyList<HistoryEntry> history)
    {
        if (history.Count == 0) return null;
        var present = history[^1];
        var from = present.Restores ?? present.Version;
        return history.LastOrDefault(entry => entry.Version < from && entry.Restores is null && entry.Model != present.Model);
    }
}
