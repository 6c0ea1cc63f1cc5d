using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.EndToEnd.Tests.Platform;

[Collection(BrokerCollection.Name)]
public sealed class DistributedMessagingTests : MessagingCompliance
{
    protected override Task<Deployment> DeployAsync() => DistributedDeployment.CreateAsync();
}
