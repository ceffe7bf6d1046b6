using System.Reflection;

namespace Hookswitch.Calling.Tests;

public sealed class StoredShapesTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void What_is_stored_for_ever_changes_only_on_purpose()
    {
        var events = KindsOf(typeof(ConversationEvent)).ToArray();
        Snapshot.Match(Shapes(events) + "\n" + Shapes(Reachable(events)));
    }

    [Fact]
    public void What_the_core_is_asked_changes_only_on_purpose() => Snapshot.Match(Shapes(KindsOf(typeof(Command))));

    internal static IEnumerable<Type> KindsOf(Type closedSet) =>
        closedSet.Assembly.GetTypes().Where(type => type.IsSubclassOf(closedSet)).OrderBy(type => type.Name, StringComparer.Ordinal);

    private static string Shapes(IEnumerable<Type> types) => string.Concat(types.Select(type => Shape(type) + "\n"));

    private static string Shape(Type type) => type switch
    {
        { IsEnum: true } => $"{type.Name}: {string.Join(" | ", Enum.GetNames(type))}",
        { IsAbstract: true } => $"{type.Name}: {string.Join(" | ", KindsOf(type).Select(kind => kind.Name))}",
        _ => $"{type.Name}({string.Join(", ", Held(type).Select(held => $"{NameOf(held)} {held.Name}"))})",
    };

    // An id holds what its constructor takes.
    private static IEnumerable<PropertyInfo> Held(Type type) =>
        type == typeof(AppId) ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance) : Printed.Members(type);

    /// <summary>The types of the core that these types hold, and what those hold in turn.</summary>
    private static IEnumerable<Type> Reachable(IEnumerable<Type> roots)
    {
        var (found, open) = (new HashSet<Type>(), new Stack<Type>(roots));
        while (open.TryPop(out var next))
        {
            var held = Held(next).SelectMany(property => Parts(property.PropertyType)).Concat(KindsOf(next));
            foreach (var part in held.Where(part => part.Assembly == typeof(Conversation).Assembly && found.Add(part)))
            {
                open.Push(part);
            }
        }

        return found.OrderBy(type => type.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts) : [type];

    private static string NameOf(PropertyInfo property)
    {
        var mayBeNull = !property.PropertyType.IsValueType && Nullability.Create(property).ReadState == NullabilityState.Nullable;
        return NameOf(property.PropertyType) + (mayBeNull ? "?" : "");
    }

    private static string NameOf(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } value => NameOf(value) + "?",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>",
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(int) => "int",
        _ when type == typeof(long) => "long",
        _ => type.Name,
    };
}
