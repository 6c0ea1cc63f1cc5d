namespace AlignOps.Inference.Budgets;

/// <summary>
/// Money and tokens that calls draw on. A call reserves the most it can cost before it is made and settles what it did cost, so at no moment do spent and reserved
/// together pass the limit, however many calls are under way.
/// </summary>
/// <param name="before">What was spent before, by an earlier process of the same work.</param>
public sealed class Budget(BudgetLimit limit, Spend before = default)
{
    private readonly Lock _counting = new();
    private Spend _spent = before;
    private Spend _reserved;
    private TaskCompletionSource _settled = New();

    public Spend Spent
    {
        get
        {
            lock (_counting) return _spent;
        }
    }

    public Spend Reserved
    {
        get
        {
            lock (_counting) return _reserved;
        }
    }

    /// <summary>
    /// Sets the most that a call can cost aside. Where only other calls' reservations are in the way, waits until one of them settles; null where what is spent leaves no room.
    /// </summary>
    public async Task<Reservation?> ReserveAsync(Spend most, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task settled;
            lock (_counting)
            {
                if (!limit.Holds(_spent + most)) return null;
                if (limit.Holds(_spent + _reserved + most))
                {
                    _reserved += most;
                    return new Reservation(this, most);
                }

                settled = _settled.Task;
            }

            await settled.WaitAsync(cancellationToken);
        }
    }

    internal void Settle(Spend reserved, Spend actual)
    {
        TaskCompletionSource settled;
        lock (_counting)
        {
            _reserved -= reserved;
            _spent += actual;
            (settled, _settled) = (_settled, New());
        }

        settled.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
