using System.Reflection;

namespace AlignOps.Tests.Training.Traps;

public sealed class KnownTrapTests
{
    [Fact]
    public void EveryTrap_NamesTestsThatExistAndRun()
    {
        HashSet<string> tests =
        [
            .. typeof(KnownTrapTests).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
                .Where(method => method.GetCustomAttributes<FactAttribute>().Any(fact => fact.Skip is null))
                .Select(method => $"{method.ReflectedType!.Name}.{method.Name}"),
        ];

        Assert.Equal([], KnownTrap.All.SelectMany(trap => trap.Tests).Where(test => !tests.Contains(test)));
        Assert.All(KnownTrap.All, trap => Assert.NotEmpty(trap.Tests));
    }
}
