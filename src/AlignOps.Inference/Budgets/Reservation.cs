namespace AlignOps.Inference.Budgets;

/// <summary>A call's share of a budget until it settles. What nobody settles counts as spent whole: a call that was cut off may have been billed.</summary>
public sealed class Reservation(Budget budget, Spend most) : IDisposable
{
    private int _settled;

    public Spend Most => most;

    public void Settle(Spend actual)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0) budget.Settle(most, actual);
    }

    public void Dispose() => Settle(most);
}
