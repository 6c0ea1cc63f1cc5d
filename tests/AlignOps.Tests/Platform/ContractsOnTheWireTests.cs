using System.Collections;
using System.Reflection;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Messaging;
using MassTransit;

namespace AlignOps.Tests.Platform;

public sealed class ContractsOnTheWireTests
{
    public static TheoryData<Type> Messages => new(MessageTypes());

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task EveryMessage_ThroughOutboxAndTransport_ArrivesUnchanged(Type type)
    {
        var sent = Sample(type, 1)!;
        var arrived = new TaskCompletionSource<object>();
        var bus = Bus.Factory.CreateUsingInMemory(configure => configure.ReceiveEndpoint(
            "test", endpoint => typeof(ContractsOnTheWireTests).GetMethod(nameof(Connect), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [endpoint, arrived])));
        await bus.StartAsync();
        try
        {
            await bus.Publish(MessageJson.Read(MessageJson.Write(sent), type), type);
            Assert.Equal(JsonSerializer.Serialize(sent, type), JsonSerializer.Serialize(await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20)), type));
        }
        finally
        {
            await bus.StopAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void EveryMessage_HasItsNamesPinned(Type type)
    {
        var entity = type.GetCustomAttribute<EntityNameAttribute>();
        Assert.NotNull(entity);
        Assert.StartsWith("alignops.", entity.EntityName, StringComparison.Ordinal);
        Assert.Equal("urn:message:alignops:" + entity.EntityName["alignops.".Length..], type.GetCustomAttribute<MessageUrnAttribute>()?.Urn.ToString());
    }

    [Fact]
    public void MessageId_SameTypeAndKey_IsTheSameAndPinned()
    {
        Assert.Equal(MessageId.For("alignops.batch-accepted", "b-1"), MessageId.For("alignops.batch-accepted", "b-1"));
        Assert.NotEqual(MessageId.For("alignops.batch-accepted", "b-1"), MessageId.For("alignops.batch-released", "b-1"));
        Assert.Equal("491589d4-f0f8-2ca0-00b8-6a81329b17b5", MessageId.For("alignops.batch-accepted", "b-1"));
    }

    [Fact]
    public void MessageJson_GateDecision_IsWrittenByName() =>
        Assert.Equal(
            """{"runId":"r-1","pipeline":"p","decision":"awaiting-approval","reason":"r","recordDigest":"d","winRate":0.5,"lower":0.25,"items":3,"code":"hold"}""",
            MessageJson.Write(new GateDecided("r-1", "p", GateDecision.AwaitingApproval, "r", "d", 0.5, 0.25, 3, "hold")));

    private static Type[] MessageTypes() =>
        typeof(HandledByAttribute).Assembly.GetTypes().Where(type => type.IsDefined(typeof(MessageUrnAttribute)) || type.IsDefined(typeof(EntityNameAttribute))).ToArray();

    private static void Connect<T>(IReceiveEndpointConfigurator endpoint, TaskCompletionSource<object> arrived) where T : class =>
        endpoint.Handler<T>(context =>
        {
            arrived.TrySetResult(context.Message);
            return Task.CompletedTask;
        });

    /// <summary>A value of any type that a contract may hold, all of it different from its default.</summary>
    private static object? Sample(Type type, int seed)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return $"text {seed} \"é\"";
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(1);
        }

        if (type == typeof(DateTimeOffset))
        {
            return new DateTimeOffset(2026, 11, 21, 12, 0, seed, 123, TimeSpan.FromHours(1));
        }

        if (type == typeof(bool))
        {
            return true;
        }

        if (type.IsPrimitive)
        {
            return type == typeof(double) ? 0.1 + seed : Convert.ChangeType(long.MaxValue % int.MaxValue + seed, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
        {
            var list = Array.CreateInstance(type.GetGenericArguments()[0], 2);
            list.SetValue(Sample(type.GetGenericArguments()[0], seed + 1), 0);
            list.SetValue(Sample(type.GetGenericArguments()[0], seed + 2), 1);
            return list;
        }

        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        return constructor.Invoke(constructor.GetParameters().Select((parameter, index) => Sample(parameter.ParameterType, seed + index)).ToArray());
    }
}
