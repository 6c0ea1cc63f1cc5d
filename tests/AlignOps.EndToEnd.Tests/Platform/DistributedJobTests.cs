using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.EndToEnd.Tests.Platform;

[Collection(BrokerCollection.Name)]
public sealed class DistributedJobTests : JobCompliance
{
    protected override Task<Deployment> DeployAsync() => DistributedDeployment.CreateAsync();
}
