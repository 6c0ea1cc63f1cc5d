using System.Collections.Concurrent;
using System.Reflection;
using AlignOps.Contracts;
using AlignOps.Platform.Registration;
using MassTransit;

namespace AlignOps.Platform.Messaging;

/// <summary>Every message type by its name on the wire, and which services subscribed to it, whether this process hosts them or not.</summary>
internal sealed class MessageCatalog
{
    private readonly ConcurrentDictionary<string, MessageContract> _byEntity = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, MessageContract> _byType = new();
    private readonly Dictionary<Type, string[]> _subscribers;

    public MessageCatalog(IEnumerable<HandlerRegistration> registrations)
    {
        Handlers = registrations.Where(registration => !registration.PerInstance).ToArray();
        foreach (var type in typeof(HandledByAttribute).Assembly.GetTypes().Where(type => type.IsDefined(typeof(EntityNameAttribute))))
        {
            Describe(type);
        }

        foreach (var handler in Handlers)
        {
            if (Describe(handler.Message).Service is { } owner && owner != handler.Service)
            {
                throw new InvalidOperationException($"{handler.Message.Name} is a command of {owner}; {handler.Service} may not handle it.");
            }
        }

        if (Handlers.GroupBy(handler => (handler.Service, handler.Message)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"{twice.Key.Service} registers two handlers of {twice.Key.Message.Name}; one message has one effect per service.");
        }

        _subscribers = Handlers
            .GroupBy(handler => handler.Message)
            .ToDictionary(group => group.Key, group => group.Select(handler => handler.Service).Order(StringComparer.Ordinal).ToArray());
    }

    /// <summary>Every handler of every service, one for each (service, message).</summary>
    public IReadOnlyList<HandlerRegistration> Handlers { get; }

    public MessageContract Describe(Type type) => _byType.GetOrAdd(
        type,
        added =>
        {
            var entity = added.GetCustomAttribute<EntityNameAttribute>()?.EntityName
                ?? throw new InvalidOperationException($"{added.FullName} has no [EntityName]; a message's name on the wire is pinned.");
            var contract = new MessageContract(added, entity, added.GetCustomAttribute<HandledByAttribute>()?.Service);
            return _byEntity.GetOrAdd(entity, contract).Type == added
                ? contract
                : throw new InvalidOperationException($"{added.FullName} and {_byEntity[entity].Type.FullName} share the name {entity}.");
        });

    /// <summary>The type behind a name on the wire; null when this process does not know it.</summary>
    public Type? Find(string entity) => _byEntity.GetValueOrDefault(entity)?.Type;

    /// <summary>The services whose handlers must have taken an event in before it may be forgotten.</summary>
    public string[] Subscribers(Type message) => _subscribers.GetValueOrDefault(message, []);
}
