extension ClueGroup {
  /// Imports, idioms and names of frameworks. Those whose name is an English word (React, Express, Flask, Spring,
  /// Rails, Rocket, Gin, Echo, Angular, Jest, Unity) need a word beside it that makes it a name.
  static let frameworks: [ClueGroup] = [
    .uses(
      .react, 4,
      [
        "React component", "React components", "in React", "React app", "React hook", "React hooks", "React state",
        "React 18", "React 19", "React Router", "React context", "useState", "useEffect", "useCallback", "useMemo",
        "useRef", "useReducer", "from 'react", "from \"react", "React.useState", "React.FC", "React.memo",
        "React.createElement", "React.lazy", "import React", "ReactDOM", "ReactNode", "a React", "React Query",
        "with React", "react-dom", "using React", "my React", "react hooks", "React code", "React form",
        "React project", "useContext", "JSX", "react component", "React renders", "React re", "in react",
        "React.StrictMode", "In React",
      ]),
    .uses(.react, 3, ["className=", "createContext", "onClick="]),
    .uses(.reactNative, 6, ["React Native", "react-native", "StyleSheet.create", "AsyncStorage"]),
    .uses(
      .nextjs, 5,
      [
        "Next.js", "next/server", "next/router", "next/navigation", "next/link", "next/image", "getServerSideProps",
        "getStaticProps", "NextResponse", "NextRequest", "next/headers", "next.config", "generateStaticParams",
        "NextPage", "NextJS", "Nextjs", "getStaticPaths", "NextApiRequest", "next/font", "next dev", "nextjs",
      ]),
    .uses(
      .vue, 5,
      [
        "from 'vue", "from \"vue", "Vue", "Vuex", "Pinia", "defineProps", "v-model", "v-if", "v-for", "defineComponent",
        "vue-router", "Vue.js", "defineEmits", "Vuetify", "onMounted",
      ]),
    .uses(.vue, 3, ["script setup"]),
    .uses(.nuxt, 6, ["Nuxt", "nuxt", "useAsyncData", "nuxt.config", "defineNuxtConfig", "Nuxt.js"]),
    .uses(
      .angular, 5,
      [
        "@angular", "NgModule", "templateUrl", "NullInjectorError", "ngOnInit", "OnInit", "@NgModule", "in Angular",
        "Angular component", "Angular service", "Angular app", "my Angular", "Angular unit", "ngFor", "ngIf", "*ngFor",
        "Angular 17", "Angular 16", "Angular 18", "an Angular", "Angular form", "Angular forms", "Angular signals",
        "Angular template", "AngularJS", "Angular router", "ng serve", "with Angular", "HttpClientModule",
        "ExpressionChangedAfterItHasBeenCheckedError", "Angular module", "ng generate", "providedIn", "In Angular",
        "ActivatedRoute",
      ]),
    .uses(.angular, 4, ["FormGroup"]),
    .uses(
      .svelte, 5,
      [
        "Svelte", "SvelteKit", "svelte/store", "on:click", "bind:value", "from 'svelte", "svelte", "$derived",
      ]),
    .uses(
      .express, 5,
      [
        "Express.js", "ExpressJS", "express.json", "express.Router", "require('express", "require(\"express",
        "from 'express", "from \"express", "express.static", "Express app", "Express server", "Express middleware",
        "express middleware", "in Express", "Express route", "an Express", "Express handler", "In Express",
      ]),
    .uses(.express, 3, ["express(", "req, res", "res.send", "res.status", "app.listen", "req.body", "app.use"]),
    .uses(.nestjs, 5, ["NestJS", "@nestjs", "Nest.js", "NestFactory", "nestjs"]),
    .uses(.jquery, 5, ["jQuery", "jquery", "toggleClass"]),
    .uses(.jquery, 3, ["document).ready"]),
    .uses(
      .jest, 5,
      [
        "jest.mock", "jest.fn", "jest.spyOn", "mockResolvedValue", "mockReturnValue", "in Jest", "Jest test",
        "Jest tests", "jest.config", "@jest", "with Jest", "Jest mock", "npx jest", "jest.useFakeTimers", "a Jest",
        "jest.requireActual",
      ]),
    .uses(.tailwind, 4, ["Tailwind", "TailwindCSS", "tailwind", "tailwindcss", "tailwind.config"]),
    .uses(
      .tailwind, 2,
      [
        "items-center", "justify-between", "px-4", "py-2", "bg-white", "rounded-lg", "text-sm", "font-medium",
        "flex-col", "bg-gray", "text-gray", "md:flex", "hover:bg", "text-lg", "mx-auto", "space-y",
      ]),
    .uses(.fastapi, 5, ["FastAPI", "fastapi", "APIRouter", "from fastapi"]),
    .uses(.fastapi, 2, ["Depends(", "uvicorn"]),
    .uses(
      .django, 5,
      [
        "Django", "django", "models.Model", "models.ForeignKey", "manage.py", "INSTALLED_APPS", "makemigrations",
        "select_related", "prefetch_related", "objects.filter", "objects.get", "models.CharField", "get_object_or_404",
        "ModelViewSet", "ModelSerializer", "django.db",
      ]),
    .uses(.django, 3, ["queryset", "QuerySet"]),
    .uses(
      .flask, 5,
      [
        "from flask", "Flask(", "flask.request", "in Flask", "Flask app", "Flask route", "import Flask",
        "Flask application", "flask run", "Flask blueprint", "Flask-SQLAlchemy", "with Flask", "Flask server",
        "Flask API", "my Flask", "Flask Blueprint", "Flask view", "Flask context", "Flask session", "In Flask",
      ]),
    .uses(.flask, 3, ["jsonify", "render_template", "app.route", "Blueprint("]),
    .uses(
      .pandas, 5,
      [
        "import pandas", "pd.read_csv", "pd.DataFrame", "pd.merge", "df.groupby", "in pandas", "SettingWithCopyWarning",
        "pandas DataFrame", "pandas dataframe", "Pandas dataframe", "pd.concat", "pd.to_datetime", "into pandas",
        "pandas.core", "with pandas", "read_sql", "pandas as", "df.loc", "using pandas", "pandas merge",
        "pandas column", "Pandas DataFrame", "in Pandas", "df.apply", "pandas series", "a pandas", "pandas groupby",
        "pandas index",
      ]),
    .uses(
      .numpy, 4,
      [
        "import numpy", "np.array", "np.arange", "np.zeros", "np.linspace", "NumPy", "Numpy", "numpy", "np.dot",
        "np.mean", "np.random", "ndarray",
      ]),
    .uses(
      .pytorch, 5,
      [
        "PyTorch", "Pytorch", "pytorch", "import torch", "torch.nn", "nn.Module", "torch.tensor", "torch.cuda",
        "loss.backward", "optimizer.step", "torch.Tensor", "torch.no_grad", "nn.Linear", "torchvision", "mat1 and",
      ]),
    .uses(.pytorch, 3, ["DataLoader"]),
    .uses(
      .tensorflow, 5,
      [
        "TensorFlow", "Tensorflow", "tensorflow", "tf.keras", "tf.data", "tf.Tensor", "Keras", "keras", "tf.function",
      ]),
    .uses(
      .scikitLearn, 5,
      [
        "sklearn", "scikit-learn", "train_test_split", "LogisticRegression", "RandomForestClassifier", "GridSearchCV",
        "StandardScaler",
      ]),
    .uses(.pytest, 5, ["pytest", "conftest.py", "pytest.fixture", "monkeypatch"]),
    .uses(.sqlalchemy, 5, ["sqlalchemy", "SQLAlchemy", "create_engine", "sessionmaker", "DeclarativeBase"]),
    .uses(
      .spring, 5,
      [
        "Spring Boot", "SpringBoot", "springframework", "@SpringBootApplication", "@RestController", "@Autowired",
        "@GetMapping", "@PostMapping", "@RequestMapping", "Spring Security", "Spring Data", "Spring MVC", "spring-boot",
        "Spring bean", "@PathVariable", "@RequestBody", "JpaRepository", "Spring context",
        "NoSuchBeanDefinitionException", "BeanCreationException", "@Transactional", "SpringApplication",
        "Spring WebFlux", "spring boot", "ResponseEntity", "Spring application", "@SpringBootTest",
      ]),
    .uses(.spring, 4, ["@Bean"]),
    .uses(.spring, 3, ["@Async", "@Configuration"]),
    .uses(.junit, 5, ["JUnit", "junit", "org.junit", "@ParameterizedTest", "@BeforeEach"]),
    .uses(
      .android, 5,
      [
        "AppCompatActivity", "savedInstanceState", "android.os", "import android", "import androidx", "RecyclerView",
        "LayoutInflater", "R.layout", "Android Studio", "AndroidManifest.xml", "findViewById", "Android app",
        "in Android", "an Android", "Android activity", "Android fragment", "logcat", "setContentView", "R.id",
        "ViewModelProvider", "Android Activity", "Android ViewModel",
      ]),
    .uses(
      .jetpackCompose, 6,
      [
        "Jetpack Compose", "@Composable", "LazyColumn", "mutableStateOf", "recomposition", "Modifier.padding",
        "compose.ui", "rememberSaveable", "LaunchedEffect", "Modifier.fillMaxSize",
      ]),
    .uses(
      .rails, 5,
      [
        "on Rails", "ApplicationRecord", "ActiveRecord", "belongs_to", "has_many", "Rails app", "in Rails", "rails g",
        "rails generate", "Rails 7", "Rails 8", "Rails 6", "ActionController", "ApplicationController", "Rails model",
        "Rails controller", "Rails migration", "rails db", "a Rails", "before_action", "Rails.application",
        "Rails.cache", "Rails.logger", "Rails console", "rails console", "ActiveSupport", "validates :title",
        "rails server", "ActiveJob", "rails new", "Rails API", "with Rails", "Rails view", "Rails route",
        "Rails routes", "In Rails",
      ]),
    .uses(.rails, 4, ["rails controller"]),
    .uses(
      .laravel, 5,
      [
        "Laravel", "laravel", "$fillable", "Route::get", "Route::post", "Eloquent model", "use Illuminate",
        "Eloquent models",
      ]),
    .uses(.laravel, 4, ["php artisan", "artisan migrate"]),
    .uses(.symfony, 5, ["Symfony", "symfony", "AbstractController", "bin/console"]),
    .uses(
      .aspnet, 5,
      [
        "ASP.NET", "WebApplication.CreateBuilder", "ApiController", "ControllerBase", "IActionResult", "Blazor",
        "AspNetCore", "[HttpGet", "[HttpPost", "UseMiddleware", "app.MapGet", "app.MapPost", "IApplicationBuilder",
        "asp.net", "Asp.Net", "Razor Pages",
      ]),
    .uses(
      .unity, 5,
      [
        "UnityEngine", "MonoBehaviour", "in Unity", "GameObject", "Time.deltaTime", "Unity scene", "Unity game",
        "SerializeField", "Unity project", "Unity editor", "Rigidbody2D", "using UnityEngine", "In Unity",
      ]),
    .uses(
      .gin, 5,
      [
        "gin.Default", "gin.Context", "gin.H", "gin-gonic", "gin.New", "gin.Engine", "Gin framework", "Gin router",
        "Gin middleware", "Gin handler", "gin.HandlerFunc",
      ]),
    .uses(
      .echo, 5,
      [
        "echo.New", "echo.Context", "labstack/echo", "echo.HandlerFunc", "echo.MiddlewareFunc", "Echo framework",
        "echo.HTTPError", "echo.NewHTTPError", "Echo router",
      ]),
    .uses(.actix, 5, ["actix_web", "Actix", "actix-web", "actix", "HttpServer::new", "HttpResponse::Ok"]),
    .uses(.axum, 5, ["axum", "Axum", "axum::serve", "axum::extract", "axum::routing"]),
    .uses(
      .rocket, 5,
      [
        "crate rocket", "rocket::build", "rocket::routes", "use rocket", "Rocket.toml", "rocket::State",
        "rocket::serde", "Rocket framework", "rocket::get",
      ]),
    .uses(.tokio, 4, ["tokio", "Tokio", "tokio::main", "tokio::spawn", "tokio::select"]),
    .uses(
      .swiftui, 5,
      [
        "SwiftUI", "swiftui", "@State", "@StateObject", "@ObservedObject", "@EnvironmentObject", "VStack", "HStack",
        "some View", "NavigationStack", "ObservableObject", "LazyVStack", "NavigationView", "@Binding", "ZStack",
      ]),
    .uses(
      .uikit, 5,
      [
        "UIKit", "UIViewController", "UITableView", "UITableViewCell", "UICollectionView", "UILabel", "UIView",
        "viewDidLoad", "UINavigationController", "UIButton", "UIStoryboard", "UIImageView",
      ]),
    .uses(
      .vapor, 5,
      [
        "import Vapor", "in Vapor", "Vapor app", "Vapor 4", "vapor run", "import Fluent", "Vapor route", "Vapor server",
        "with Vapor", "Vapor middleware", "using Vapor",
      ]),
    .uses(
      .flutter, 5,
      [
        "Flutter", "package:flutter", "StatelessWidget", "StatefulWidget", "RenderFlex", "Widget build", "BuildContext",
        "flutter run", "flutter pub", "flutter build", "MaterialApp",
      ]),
    .uses(
      .phoenix, 5,
      [
        "LiveView", "Phoenix LiveView", "Phoenix.LiveView", "Phoenix Framework", "Phoenix framework",
        "Phoenix.Controller", "phx.new", "phx.server", "Phoenix app", "phx-click", "Phoenix.Socket", "Phoenix channel",
        "Phoenix controller", "Phoenix context",
      ]),
    .uses(
      .kubernetes, 5,
      [
        "Kubernetes", "kubernetes", "kubectl", "CrashLoopBackOff", "k8s", "Helm chart", "ConfigMap", "^apiVersion",
        "ImagePullBackOff", "StatefulSet", "minikube", "DaemonSet",
      ]),
  ]
}
