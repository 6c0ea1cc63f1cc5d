using AlignOps.Platform.Messaging;
using AlignOps.Platform.Registration;
using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.Tests.Platform;

public sealed class RoleTests
{
    [Fact]
    public void Services_OneThatOnlyListens_IsARoleOfItsOwn()
    {
        var catalog = new MessageCatalog(
        [
            new HandlerRegistration("alpha", typeof(Noted), typeof(AlphaHandler), PerInstance: false),
            new HandlerRegistration("serving", typeof(Noted), typeof(AlphaListener), PerInstance: true),
        ]);

        Assert.Equal(["alpha", "serving"], catalog.Services);
    }
}
