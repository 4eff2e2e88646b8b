using System.Collections;
using System.Data;
using System.Reflection;

namespace FlightRecorder.Tests.AdoNet.Delegation;

/// <summary>The calls that reached the fake provider, and what it answers: always the same object for the same type.</summary>
public static class ProviderCalls
{
    private static readonly Dictionary<Type, object> Answers = new()
    {
        [typeof(string)] = "text",
        [typeof(bool)] = true,
        [typeof(object)] = new object(),
        [typeof(Type)] = typeof(int),
        [typeof(DataTable)] = new DataTable(),
        [typeof(Stream)] = new MemoryStream(),
        [typeof(TextReader)] = new StringReader(""),
        [typeof(IEnumerator)] = Array.Empty<int>().GetEnumerator(),
        [typeof(Task)] = Task.Delay(0),
        [typeof(CommandBehavior)] = CommandBehavior.Default,
        [typeof(CancellationToken)] = CancellationToken.None,
    };

    private static readonly List<string> Noted = [];

    public static IReadOnlyList<string> All => Noted;

    public static void Clear() => Noted.Clear();

    public static void Note(string member) => Noted.Add(member);

    public static T Answer<T>(string member)
    {
        Note(member);
        return (T)AnswerOf(typeof(T));
    }

    public static object AnswerOf(Type type)
    {
        if (!Answers.TryGetValue(type, out object? answer))
        {
            Answers[type] = answer = Make(type);
        }

        return answer;
    }

    private static object Make(Type type)
    {
        if (type.IsArray)
        {
            return Array.CreateInstance(type.GetElementType()!, 1);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
        {
            MethodInfo from = typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(type.GenericTypeArguments);
            return from.Invoke(null, [AnswerOf(type.GenericTypeArguments[0])])!;
        }

        if (type.IsGenericType && type != typeof(Nullable<>))
        {
            Type argument = type.GenericTypeArguments[0];
            return type.IsValueType
                ? Activator.CreateInstance(type, AnswerOf(argument))!
                : Activator.CreateInstance(type, Array.CreateInstance(argument, 0))!;
        }

        return type.IsAbstract ? ProviderFake.Create(type) : Activator.CreateInstance(type)!;
    }
}
