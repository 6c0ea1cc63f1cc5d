using AlignOps.Platform.Hosting;
using AlignOps.Platform.Registration;
using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.Tests.Platform;

public sealed class RoleTests
{
    [Fact]
    public void Refuse_AServiceThatOnlyListens_IsARoleOfItsOwn()
    {
        var catalog = new RoleCatalog([new HandlerRegistration("serving", typeof(Noted), typeof(AlphaListener), PerInstance: true)], [], []);

        catalog.Refuse(["serving"]);

        Assert.Equal("unknown-role", Assert.Throws<StartRefusedException>(() => catalog.Refuse(["servant"])).Code);
    }
}
