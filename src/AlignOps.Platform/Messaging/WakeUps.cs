namespace AlignOps.Platform.Messaging;

internal sealed class WakeUps
{
    public WakeUp Outbox { get; } = new();

    public WakeUp Jobs { get; } = new();

    public void Wake(Nudges nudges)
    {
        if (nudges.HasFlag(Nudges.Outbox))
        {
            Outbox.Set();
        }

        if (nudges.HasFlag(Nudges.Jobs))
        {
            Jobs.Set();
        }
    }
}
