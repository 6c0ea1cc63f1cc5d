namespace AlignOps.Platform.Messaging;

/// <summary>Hears an event in every process; may be missed, so it only wakes what also polls.</summary>
public interface IListen<in T> where T : class
{
    Task HearAsync(T message, CancellationToken cancellationToken);
}
