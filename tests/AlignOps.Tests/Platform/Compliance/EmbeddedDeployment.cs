using AlignOps.Platform.Hosting;

namespace AlignOps.Tests.Platform.Compliance;

/// <summary>SQLite and the in-memory transport.</summary>
public sealed class EmbeddedDeployment : Deployment
{
    public override PlatformOptions Options => new() { DataFolder = DataFolder };

    public override bool IsShared => false;
}
