using AlignOps.Platform.Hosting;
using AlignOps.Platform.Registration;
using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.Tests.Platform;

public sealed class RoleTests
{
    [Fact]
    public void Known_ServiceThatOnlyListens_IsARoleOfItsOwn()
    {
        var roles = new RoleCatalog(
            [
                new HandlerRegistration("alpha", typeof(Noted), typeof(AlphaHandler), PerInstance: false),
                new HandlerRegistration("serving", typeof(Noted), typeof(AlphaListener), PerInstance: true),
            ],
            [],
            []);

        Assert.Equal(["alpha", "serving"], roles.Known);
    }
}
