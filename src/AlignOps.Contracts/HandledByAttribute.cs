namespace AlignOps.Contracts;

/// <summary>Marks a command and names the one service that handles it; its queue is <c>alignops.{service}</c>. A message without it is an event.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HandledByAttribute(string service) : Attribute
{
    public string Service { get; } = service;
}
