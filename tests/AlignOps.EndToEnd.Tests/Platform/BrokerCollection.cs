namespace AlignOps.EndToEnd.Tests.Platform;

/// <summary>Tests that share the broker's queues take turns.</summary>
[CollectionDefinition(Name)]
public sealed class BrokerCollection
{
    public const string Name = "broker";
}
